import { createHash } from 'node:crypto';
import type { RoundResultRow } from '../../../db/roundResults.ts';
import { canonicalJson } from '../../audit/canonicalJson.ts';
import type { Bundle } from '../bundle.ts';
import { checkBundle } from '../checkBundle.ts';
import { explainLeaf, type LeafExplanation } from '../explainLeaf.ts';
import { presentResult, type PresentedResult } from '../presentResult.ts';
import { printPath, type Checked } from '../problems.ts';
import { cellNumbers } from '../readNumber.ts';
import { scoreRound, type RoundResult } from '../scoreRound.ts';

/** The engine that computes rounds; a change of what it computes is a new number. */
const ENGINE = 'so-vang-scoring/1';

/** A round's result, decimals as texts, with the hash that seals engine, inputs and result together. */
export interface ComputedRound {
  engine: string;
  result: PresentedResult<string>;
  /** SHA-256 of the canonical JSON of engine, inputs and result. */
  hash: string;
}

interface Scored {
  bundle: Bundle;
  result: RoundResult;
}

/** Computes a round from its stored inputs. Deterministic; answers what is wrong where the inputs do not hold. */
export function computeRound(inputs: unknown): Checked<ComputedRound> {
  const scored = score(inputs);
  if ('problems' in scored) return scored;
  const { bundle, result } = scored.value;
  const presented = presentResult(bundle.sheet, result);
  return { value: { engine: ENGINE, result: presented, hash: sealOf(ENGINE, inputs, presented) } };
}

/**
 * Computes a stored result again from its inputs, years later as on the day. `identical`: engine, inputs and
 * result still give the very bytes whose hash was kept. Throws when the inputs cannot be scored any more.
 */
export function recomputeRound(
  stored: Pick<RoundResultRow, 'inputs' | 'result' | 'hash'>,
): ComputedRound & { identical: boolean } {
  const computed = computeRound(stored.inputs);
  if ('problems' in computed) {
    const said = computed.problems.map(({ path, message }) => `${printPath(path)}: ${message}`);
    throw new Error(`stored inputs: ${said.join('; ')}`);
  }
  const { value } = computed;
  const sameResult = canonicalJson(value.result) === canonicalJson(stored.result);
  return { ...value, identical: sameResult && value.hash === stored.hash };
}

/** Why a leaf of a unit has its score; unit and leaf by code. Null for one that the round does not have. */
export function explainRound(inputs: unknown, unit: string, criterion: string): LeafExplanation | null {
  const scored = score(inputs);
  if ('problems' in scored) return null;
  return explainLeaf(scored.value.bundle, scored.value.result, unit, criterion);
}

function score(inputs: unknown): Checked<Scored> {
  const checked = checkBundle(inputs, cellNumbers());
  if ('problems' in checked) return checked;
  return { value: { bundle: checked.value, result: scoreRound(checked.value) } };
}

function sealOf(engine: string, inputs: unknown, result: unknown): string {
  return createHash('sha256').update(canonicalJson({ engine, inputs, result })).digest('hex');
}
