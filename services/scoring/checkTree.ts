import { printDecimal } from './decimalText.ts';
import { compare, sum, type Exact } from './exact.ts';
import type { Check } from './problems.ts';

/** A row of a sheet as far as the tree needs it; what was wrong with it is null. */
export interface TreeRow {
  /** Where the row stands in `criteria`. */
  readonly index: number;
  readonly code: string | null;
  readonly parent: string | null;
  readonly maxPoints: Exact | null;
}

/** The rows by code and by parent. `circular` rows lie on a cycle of parents: nothing is above them. */
export interface Tree<Row extends TreeRow> {
  readonly byCode: ReadonlyMap<string, Row>;
  readonly children: ReadonlyMap<string, readonly Row[]>;
  readonly circular: ReadonlySet<Row>;
}

/** Builds the tree and reports duplicate codes, unknown parents, cycles, and groups that do not add up. */
export function checkTree<Row extends TreeRow>(rows: readonly Row[], check: Check): Tree<Row> {
  const byCode = new Map<string, Row>();
  const children = new Map<string, Row[]>();
  const repeated = new Set<string>();
  for (const row of rows) {
    if (row.code !== null && byCode.has(row.code)) {
      check.report([row.index, 'code'], `${JSON.stringify(row.code)} is the code of an earlier row`);
      repeated.add(row.code);
    } else if (row.code !== null) {
      byCode.set(row.code, row);
    }
    if (row.parent === null) continue;
    const siblings = children.get(row.parent) ?? [];
    siblings.push(row);
    children.set(row.parent, siblings);
  }
  for (const row of rows) {
    if (row.parent === null || byCode.has(row.parent)) continue;
    check.report([row.index, 'parent'], `${JSON.stringify(row.parent)} is unknown: no row has this code`);
  }
  const circular = findCircular(rows, byCode);
  for (const row of circular) {
    check.report([row.index, 'parent'], `${JSON.stringify(row.parent)} lies below this row: a cycle`);
  }
  for (const [code, below] of children) {
    const group = byCode.get(code);
    if (group === undefined || circular.has(group)) continue;
    // With a repeated code it is open which row is meant, so a wrong sum would only be noise.
    if (below.some((row) => row.code !== null && repeated.has(row.code))) continue;
    checkSum(group, below, check);
  }
  return { byCode, children, circular };
}

function checkSum(group: TreeRow, below: readonly TreeRow[], check: Check): void {
  const parts = below.flatMap(({ maxPoints }) => (maxPoints === null ? [] : [maxPoints]));
  if (group.maxPoints === null || parts.length < below.length) return;
  const total = sum(parts);
  if (compare(group.maxPoints, total) === 0) return;
  const [own, childrens] = [printDecimal(group.maxPoints), printDecimal(total)];
  check.report([group.index, 'maxPoints'], `${own} is not the sum of the rows below it, ${childrens}`);
}

/** The rows on a cycle: walk up from each row once; whoever is met again on the same walk lies on a cycle. */
function findCircular<Row extends TreeRow>(rows: readonly Row[], byCode: ReadonlyMap<string, Row>): Set<Row> {
  const circular = new Set<Row>();
  const done = new Set<Row>();
  for (const start of rows) {
    const walk = new Set<Row>();
    let row: Row | undefined = start;
    while (row !== undefined && !done.has(row) && !walk.has(row)) {
      walk.add(row);
      row = row.parent === null ? undefined : byCode.get(row.parent);
    }
    if (row !== undefined && walk.has(row)) {
      const path = [...walk];
      for (const member of path.slice(path.indexOf(row))) circular.add(member);
    }
    for (const member of walk) done.add(member);
  }
  return circular;
}
