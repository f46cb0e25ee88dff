import type { Bundle } from '../../services/scoring/bundle.ts';
import { checkBundle } from '../../services/scoring/checkBundle.ts';
import { presentResult, type PresentedUnit } from '../../services/scoring/presentResult.ts';
import { printPath } from '../../services/scoring/problems.ts';
import { cellNumbers } from '../../services/scoring/readNumber.ts';
import { scoreRound } from '../../services/scoring/scoreRound.ts';
import type { RawBundle } from './rawBundles.ts';

/** The checked bundle; a test that builds a wrong one is told what is wrong with it. */
export function checked(raw: RawBundle): Bundle {
  const result = checkBundle(raw, cellNumbers());
  if ('value' in result) return result.value;
  throw new Error(result.problems.map(({ path, message }) => `${printPath(path)}: ${message}`).join('\n'));
}

/** The presented results by unit code. */
export function score(raw: RawBundle): Record<string, PresentedUnit<string>> {
  const bundle = checked(raw);
  const { results } = presentResult(bundle.sheet, scoreRound(bundle));
  return Object.fromEntries(results.map((result) => [result.unit, result]));
}

/** The scores of one leaf, in the order of the units. */
export function leafScores(raw: RawBundle, leaf: string): (string | undefined)[] {
  return Object.values(score(raw)).map(({ leaves }) => leaves[leaf]);
}
