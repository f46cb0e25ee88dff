import { checkSheet } from '../checkSheet.ts';
import type { Checked, Problem } from '../problems.ts';
import { printPath } from '../problems.ts';
import { cellNumbers } from '../readNumber.ts';
import type { Leaf, Sheet } from '../sheet.ts';
import { assessorsOf, type Assessor } from './assessors.ts';

/** A row of a round's sheet that is scored, and who scores it after the unit itself. */
export interface RoundLeaf {
  leaf: Leaf;
  assessor: Assessor;
}

/** A stored score sheet, ready to be asked about. */
export interface RoundSheet {
  sheet: Sheet;
  leaves: ReadonlyMap<string, RoundLeaf>;
}

/** Checks the content of a score sheet by contract.md §5, and that each row's assessor can be read. */
export function checkRoundSheet(content: unknown): Checked<RoundSheet> {
  const problems: Problem[] = [];
  const report = (path: Problem['path'], message: string) => {
    problems.push({ path, message });
  };
  const checked = checkSheet(content, { report, number: cellNumbers() });
  if (checked === null || problems.length > 0) return { problems };
  const assessors = assessorsOf(content);
  const leaves = checked.sheet.leaves.map((leaf): [string, RoundLeaf] => [
    leaf.code,
    { leaf, assessor: assessors.get(leaf.code) ?? 'cluster' },
  ]);
  return { value: { sheet: checked.sheet, leaves: new Map(leaves) } };
}

/** A stored sheet. Throws when it does not hold, which its publication made sure of. */
export function readRoundSheet(content: unknown): RoundSheet {
  const checked = checkRoundSheet(content);
  if ('value' in checked) return checked.value;
  const said = checked.problems.map(({ path, message }) => `${printPath(path)}: ${message}`);
  throw new Error(`stored score sheet: ${said.join('; ')}`);
}
