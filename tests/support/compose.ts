import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.looseObject({
  image: z.string().optional(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
export type ComposeService = z.output<typeof service>;

const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.unknown()),
});
export type ComposeFile = z.output<typeof composeFile>;

export function readProjectFile(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** docker-compose.yml with its merge keys resolved and its variables as they stand. */
export function readComposeFile(): ComposeFile {
  return composeFile.parse(parse(readProjectFile('docker-compose.yml'), { merge: true }));
}

/** A use of a variable: `${NAME:-fallback}` or `${NAME:?message}`. */
export interface VariableUse {
  name: string;
  fallback: string | null;
}

const USE = /\$\{(?<name>[A-Z_]+):(?<kind>[-?])(?<rest>[^}]*)\}/g;

/** Every use of a variable in the file, in order. Throws for a `$` that is none of the two forms we use. */
export function variableUses(text: string): VariableUse[] {
  if (text.replaceAll(USE, '').includes('$')) throw new Error(`a variable of another form: ${text}`);
  return [...text.matchAll(USE)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    fallback: groups?.['kind'] === '-' ? (groups['rest'] ?? '') : null,
  }));
}

/** What Docker makes of a text: an empty variable counts as unset. Throws where one that must be set is not. */
export function interpolate(text: string, variables: Record<string, string>): string {
  return text.replaceAll(USE, (_use, name: string, kind: string, rest: string) => {
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}
