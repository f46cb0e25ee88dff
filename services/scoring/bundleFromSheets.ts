import { addEntry, checkHead, findLeaf, type EntryScope } from './addEntry.ts';
import type { Bundle, Knockout, Unit } from './bundle.ts';
import type { CheckedRow } from './checkCriteria.ts';
import { emptyTable } from './checkEntries.ts';
import { checkInput, inputRule, type InputRule } from './checkInput.ts';
import type { Input } from './entry.ts';
import { entriesOf, type EntryTable, type Layer } from './entryTable.ts';
import { under, type Check, type Checked, type Problem } from './problems.ts';
import type { Fields } from './readFields.ts';
import { cellNumbers } from './readNumber.ts';
import type { Leaf, Sheet } from './sheet.ts';

/** One cell: the inputs of a bundle's entry, with numbers as decimal texts: `{ points: '7.5' }`. */
export type Cell = Fields;

/** What one scorer says about one unit in one layer: a stored row, with a cell for each leaf by its code. */
export interface SheetRow {
  readonly unit: string;
  readonly layer: Layer;
  readonly scorer: string | null;
  readonly cells: Readonly<Record<string, Cell>>;
}

/**
 * The bundle of a round from its stored rows, by the same checks as a file. Problems are placed as
 * `rows[3].cells.A1.points`.
 */
export function bundleFromSheets(
  sheet: Sheet,
  units: readonly Unit[],
  rows: readonly SheetRow[],
  knockouts: readonly Knockout[],
): Checked<Bundle> {
  const problems: Problem[] = [];
  const check = collectInto(problems);
  const scope = scopeOf(sheet, units);
  const entries = emptyTable(scope);
  rows.forEach((row, index) => {
    addRow(row, scope, entries, under(check, 'rows', index));
  });
  return problems.length > 0 ? { problems } : { value: { sheet, units, entries, knockouts } };
}

/** What is wrong with the cells of one row by themselves; places as `A1.points`. Empty: nothing. */
export function checkCells(sheet: Sheet, cells: SheetRow['cells']): readonly Problem[] {
  const problems: Problem[] = [];
  checkEachCell(cells, scopeOf(sheet, []), collectInto(problems), () => undefined);
  return problems;
}

function collectInto(problems: Problem[]): Check {
  const report: Check['report'] = (path, message) => {
    problems.push({ path, message });
  };
  return { report, number: cellNumbers() };
}

function scopeOf(sheet: Sheet, units: readonly Unit[]): EntryScope {
  const criteria = new Map<string, CheckedRow>();
  sheet.groups.forEach((criterion, position) => {
    criteria.set(criterion.code, { kind: 'group', position, criterion });
  });
  sheet.leaves.forEach((criterion, position) => {
    criteria.set(criterion.code, { kind: 'leaf', position, criterion, rule: ruleOf(criterion) });
  });
  return { units: new Map(units.map(({ code }, position) => [code, position])), criteria };
}

function ruleOf({ formula, maxPoints, role }: Leaf): InputRule {
  return inputRule(formula.name, formula, maxPoints, role);
}

function addRow(row: SheetRow, scope: EntryScope, table: EntryTable, check: Check): void {
  const head = checkHead({ ...row }, row.layer, scope, check);
  if (head === null) return;
  checkEachCell(row.cells, scope, under(check, 'cells'), (leaf, rule, input, at) => {
    addEntry(entriesOf(table, head.unit, leaf, row.layer), head.scorer, input, rule, at);
  });
}

function checkEachCell(
  cells: SheetRow['cells'],
  scope: EntryScope,
  check: Check,
  found: (leaf: number, rule: InputRule, input: Input | null, at: Check) => void,
): void {
  let code = '';
  // One check for all cells, as a round has tens of thousands of them and hardly ever a problem.
  const at: Check = {
    report: (path, message) => {
      check.report([code, ...path], message);
    },
    number: check.number,
  };
  for (code of Object.keys(cells)) {
    const leaf = findLeaf(code, scope, at, []);
    if (leaf?.rule) found(leaf.position, leaf.rule, checkInput(leaf.rule, cells[code] ?? {}, at), at);
  }
}
