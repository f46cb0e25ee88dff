import { checkFormula } from './checkFormula.ts';
import { inputRule, type InputRule } from './checkInput.ts';
import { checkTree, type Tree, type TreeRow } from './checkTree.ts';
import { ZERO } from './exact.ts';
import { printPath, under, type Check } from './problems.ts';
import {
  isAbsent,
  readNumber,
  readObject,
  readOneOf,
  readOptionalText,
  readText,
  show,
  type Fields,
} from './readFields.ts';
import { formulaNames, roles, type FormulaName, type Group, type Leaf, type Role } from './sheet.ts';

/**
 * A row as far as it is right. `position` counts among the groups or among the leaves; `criterion` is null
 * where something is wrong, and `rule` then still says what is known about a leaf's inputs.
 */
export type CheckedRow =
  | { readonly kind: 'group'; readonly position: number; readonly criterion: Group | null }
  | {
      readonly kind: 'leaf';
      readonly position: number;
      readonly criterion: Leaf | null;
      readonly rule: InputRule | null;
    };

/** The checked rows in the order of the file, and by code. */
export interface Criteria {
  readonly rows: readonly CheckedRow[];
  readonly byCode: ReadonlyMap<string, CheckedRow>;
}

interface Row extends TreeRow {
  readonly name: string | null;
  readonly role: Role | null;
  readonly fields: Fields;
}

/** Checks the rows of `sheet.criteria`; places are reported from there. */
export function checkCriteria(list: readonly unknown[], check: Check): Criteria {
  if (list.length === 0) check.report([], 'must not be empty');
  const rows = list.flatMap((raw, index) => readRow(raw, index, under(check, index)) ?? []);
  const tree = checkTree(rows, check);
  const groupPositions = new Map<string, number>();
  for (const { code } of rows) {
    if (code !== null && tree.children.has(code)) groupPositions.set(code, groupPositions.size);
  }
  let leafCount = 0;
  const byCode = new Map<string, CheckedRow>();
  const checked = rows.map((row): CheckedRow => {
    const at = under(check, row.index);
    const position = row.code === null ? undefined : groupPositions.get(row.code);
    const found: CheckedRow =
      position === undefined
        ? {
            kind: 'leaf',
            position: leafCount++,
            ...checkLeaf(row, groupsAbove(row, tree, groupPositions), at),
          }
        : { kind: 'group', position, criterion: checkGroup(row, at) };
    if (row.code !== null && !byCode.has(row.code)) byCode.set(row.code, found);
    return found;
  });
  return { rows: checked, byCode };
}

function readRow(raw: unknown, index: number, check: Check): Row | null {
  const fields = readObject(raw, check);
  if (fields === null) return null;
  return {
    index,
    fields,
    code: readText(fields, 'code', check),
    parent: readOptionalText(fields, 'parent', check),
    name: readOptionalText(fields, 'name', check),
    maxPoints: readNumber(fields, 'maxPoints', check, { atLeast: ZERO }),
    role: isAbsent(fields['role']) ? 'base' : readOneOf(fields, 'role', roles, check),
  };
}

function checkGroup({ fields, code, parent, name, maxPoints }: Row, check: Check): Group | null {
  if (!isAbsent(fields['formula'])) {
    check.report(
      ['formula'],
      `${show(fields['formula'])} on a row with rows below it: only a leaf is scored`,
    );
  }
  return code === null || maxPoints === null ? null : { kind: 'group', code, parent, name, maxPoints };
}

function checkLeaf(
  row: Row,
  groups: readonly number[],
  check: Check,
): { criterion: Leaf | null; rule: InputRule | null } {
  const { fields, code, parent, name, maxPoints, role } = row;
  // Without a code nobody can say whether rows lie below it; a group needs no formula.
  if (code === null && isAbsent(fields['formula'])) return { criterion: null, rule: null };
  const formulaName = readOneOf(fields, 'formula', formulaNames, check);
  if (formulaName === null) return { criterion: null, rule: null };
  if (role !== null) checkRole(role, formulaName, row.index, check);
  const formula = checkFormula(formulaName, fields, maxPoints, check);
  const rule = inputRule(formulaName, formula, maxPoints, role);
  if (code === null || maxPoints === null || role === null || formula === null) {
    return { criterion: null, rule };
  }
  return { criterion: { kind: 'leaf', code, parent, name, maxPoints, role, formula, groups }, rule };
}

function checkRole(role: Role, formula: FormulaName, index: number, check: Check): void {
  if ((role === 'penalty') === (formula === 'PENALTY_STEP')) return;
  const place = printPath(['sheet', 'criteria', index, 'role']);
  const what =
    role === 'penalty'
      ? `${formula} on a penalty leaf, which uses PENALTY_STEP only`
      : `PENALTY_STEP is for penalty leaves only`;
  check.report(['formula'], `${what} (${place} is ${role})`);
}

function groupsAbove(row: Row, tree: Tree<Row>, positions: ReadonlyMap<string, number>): number[] {
  const above: number[] = [];
  let code = row.parent;
  while (code !== null) {
    const group = tree.byCode.get(code);
    const position = positions.get(code);
    if (group === undefined || position === undefined || tree.circular.has(group)) break;
    above.push(position);
    code = group.parent;
  }
  return above;
}
