import { findInconsistencies } from './packConsistency.ts';
import { rulePackSchema, type RulePack } from './rulePack.ts';

/** One thing wrong with a pack: `path` is its place in the document, such as `awards[2].route.council`. */
export interface PackProblem {
  path: string;
  message: string;
}

export type PackReading =
  { status: 'valid'; pack: RulePack } | { status: 'invalid'; problems: PackProblem[] };

/** Reads a pack from parsed JSON, or says everything that is wrong with it, each with its place. */
export function readRulePack(value: unknown): PackReading {
  const parsed = rulePackSchema.safeParse(value);
  const issues = parsed.error?.issues ?? [];
  const problems = [...issues, ...findInconsistencies(value)].map(({ path, message }) => ({
    path: writePath(path),
    message,
  }));
  if (parsed.success && problems.length === 0) return { status: 'valid', pack: parsed.data };
  return { status: 'invalid', problems };
}

function writePath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
