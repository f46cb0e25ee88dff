import { describe, expect, test } from '@jest/globals';
import { bundleFromSheets, checkCells, type SheetRow } from '../../../services/scoring/bundleFromSheets.ts';
import { checkStoredSheet } from '../../../services/scoring/checkSheet.ts';
import { presentResult } from '../../../services/scoring/presentResult.ts';
import { printPath, type Problem } from '../../../services/scoring/problems.ts';
import { scoreRound } from '../../../services/scoring/scoreRound.ts';
import type { Sheet } from '../../../services/scoring/sheet.ts';
import { aLeaf } from '../../support/rawBundles.ts';

const stored = {
  rounding: { scale: 2, at: 'leaf' },
  criteria: [
    { code: 'I', parent: null, maxPoints: '17.5' },
    aLeaf('I/1', '10', 'DIRECT', { parent: 'I' }),
    aLeaf('I/2', '7.5', 'RATIO', { parent: 'I' }),
  ],
};

function sheetOf(raw: unknown): Sheet {
  const found = checkStoredSheet(raw);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.value;
}

const print = (problems: readonly Problem[]) =>
  problems.map(({ path, message }) => `${printPath(path)}: ${message}`);

const sheet = sheetOf(stored);
const units = [{ code: 'A' }, { code: 'B' }, { code: 'C' }];

function problemsOf(rows: SheetRow[]): string[] {
  const found = bundleFromSheets(sheet, units, rows, []);
  return 'problems' in found ? print(found.problems) : [];
}

describe('bundleFromSheets', () => {
  test('makes a round that can be scored from one row per unit, layer and scorer', () => {
    const found = bundleFromSheets(
      sheet,
      units,
      [
        {
          unit: 'A',
          layer: 'self',
          scorer: null,
          cells: { 'I/1': { points: '10' }, 'I/2': { target: '4', actual: '3' } },
        },
        { unit: 'A', layer: 'cluster', scorer: 'B', cells: { 'I/1': { points: '8.5' } } },
        { unit: 'A', layer: 'cluster', scorer: 'C', cells: { 'I/1': { points: '8' } } },
        { unit: 'B', layer: 'self', scorer: null, cells: { 'I/2': { assigned: false } } },
      ],
      [{ unit: 'B', code: 'K', effect: 'hold' }],
    );
    if ('problems' in found) throw new Error(print(found.problems).join());
    const { results } = presentResult(sheet, scoreRound(found.value));
    expect(results[0]).toEqual({
      unit: 'A',
      total: '13.88',
      denominator: '17.5',
      percent: '79.3143',
      rank: 1,
      classification: null,
      base: '13.88',
      bonus: '0',
      penalty: '0',
      groups: { I: '13.88' },
      leaves: { 'I/1': '8.25', 'I/2': '5.63' },
      missing: [],
      onHold: false,
    });
    expect(results[1]).toMatchObject({ denominator: '10', missing: ['I/1'], onHold: true });
    expect(results[2]).toMatchObject({ total: '0', missing: ['I/1', 'I/2'] });
  });

  test('names every wrong cell with its row and place', () => {
    expect(
      problemsOf([
        { unit: 'A', layer: 'self', scorer: null, cells: { 'I/1': { points: '10.01' }, I: {}, X: {} } },
        { unit: 'A', layer: 'cluster', scorer: 'A', cells: { 'I/1': { points: '1' } } },
        { unit: 'Z', layer: 'self', scorer: null, cells: {} },
        { unit: 'B', layer: 'self', scorer: null, cells: { 'I/2': { target: '0', actual: '' } } },
        { unit: 'B', layer: 'self', scorer: null, cells: { 'I/2': { target: '1', actual: '1' } } },
        { unit: 'C', layer: 'cluster', scorer: null, cells: {} },
      ]),
    ).toEqual([
      'rows[0].cells["I/1"].points: "10.01" is out of range: must be at most 10',
      'rows[0].cells.I: "I" is a group: only leaves are scored',
      'rows[0].cells.X: "X" is unknown: no row has this code',
      'rows[1].scorer: "A" scores itself',
      'rows[2].unit: "Z" is unknown: no unit has this code',
      'rows[3].cells["I/2"].target: "0" is out of range: must be more than 0',
      'rows[3].cells["I/2"].actual: must be a number, not ""',
      'rows[4].cells["I/2"]: a second entry without a scorer for this unit, row and layer',
      'rows[5].scorer: is missing: an entry of the cluster names the unit that scores',
    ]);
  });
});

describe('checkCells', () => {
  test('checks one row of cells by itself', () => {
    expect(
      print(checkCells(sheet, { 'I/1': { points: '9.99' }, 'I/2': { target: '1', actual: 0 } })),
    ).toEqual([]);
    expect(print(checkCells(sheet, { 'I/1': { points: 9.99 }, 'I/2': { target: '1' } }))).toEqual([
      '["I/1"].points: must be a number, not 9.99',
      '["I/2"].actual: is missing',
    ]);
  });
});

describe('checkStoredSheet', () => {
  test('keeps the rows in their order and knows the groups above each leaf', () => {
    expect(sheet.criteria.map(({ code }) => code)).toEqual(['I', 'I/1', 'I/2']);
    expect(sheet.leaves.map(({ code, groups }) => [code, groups])).toEqual([
      ['I/1', [0]],
      ['I/2', [0]],
    ]);
  });

  test('names what is wrong, with places from the sheet', () => {
    const found = checkStoredSheet({ ...stored, rankBy: 'x', rounding: { scale: 2.5, at: 'leaf' } });
    expect('problems' in found && print(found.problems)).toEqual([
      'rounding.scale: must be a number, not 2.5',
      'rankBy: "x" is unknown: one of total, percent',
    ]);
  });
});
