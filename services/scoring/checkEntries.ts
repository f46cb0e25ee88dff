import { addEntry, checkHead, findLeaf, type EntryScope } from './addEntry.ts';
import { checkInput } from './checkInput.ts';
import { createEntryTable, entriesOf, layers, type EntryTable } from './entryTable.ts';
import { under, type Check } from './problems.ts';
import { readObject, readOneOf, readText } from './readFields.ts';

/** Checks the entries of a bundle file and sorts them in; places are reported from `entries`. */
export function checkEntries(list: readonly unknown[], scope: EntryScope, check: Check): EntryTable {
  const table = emptyTable(scope);
  list.forEach((raw, index) => {
    checkEntry(raw, scope, table, under(check, index));
  });
  return table;
}

/** A table with room for every unit and leaf of the scope. */
export function emptyTable({ units, criteria }: EntryScope): EntryTable {
  const rows = [...(criteria?.values() ?? [])];
  const positions = rows.map(({ kind, position }) => (kind === 'leaf' ? position : -1));
  const leafCount = positions.reduce((most, position) => Math.max(most, position + 1), 0);
  return createEntryTable(units?.size ?? 0, leafCount);
}

function checkEntry(raw: unknown, scope: EntryScope, table: EntryTable, check: Check): void {
  const fields = readObject(raw, check);
  if (fields === null) return;
  const layer = readOneOf(fields, 'layer', layers, check);
  const head = checkHead(fields, layer, scope, check);
  const code = readText(fields, 'criterion', check);
  if (code === null) return;
  const leaf = findLeaf(code, scope, check, ['criterion']);
  if (leaf?.rule == null) return;
  const input = checkInput(leaf.rule, fields, check);
  if (head === null || layer === null) return;
  const beside = entriesOf(table, head.unit, leaf.position, layer);
  addEntry(beside, head.scorer, input, leaf.rule, check);
}
