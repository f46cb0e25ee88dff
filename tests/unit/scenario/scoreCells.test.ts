import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  cellFor,
  hundredths,
  leavesOf,
  placeOf,
  type Criterion,
} from '../../../services/scenario/scoreCells.ts';
import { readCells } from '../../../services/scoring/rounds/readCells.ts';
import { readRoundSheet } from '../../../services/scoring/rounds/roundSheet.ts';

const file = new URL('../../../db/seed/demoSheets.json', import.meta.url);
const sheets = JSON.parse(readFileSync(file, 'utf8')) as { content: { criteria: Criterion[] } }[];

test('every figure of every place is one that the sheet takes', () => {
  for (const { content } of sheets) {
    const sheet = readRoundSheet(content);
    for (let place = 0; place < 10; place += 1) {
      const raw = Object.fromEntries(
        leavesOf(content.criteria).map((leaf) => [leaf.code, cellFor(leaf, place)]),
      );
      expect(readCells(sheet, 'self', raw).problems).toEqual([]);
    }
  }
});

test('the units of a year have ten places, and another one leads the next year', () => {
  const places = (year: number) => Array.from({ length: 10 }, (_, index) => placeOf(index, year));
  expect(places(2018).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(places(2018).indexOf(0)).not.toBe(places(2019).indexOf(0));
});

test('hundredths are written out, never reckoned with binary fractions', () => {
  expect([hundredths(375), hundredths(5), hundredths(2940)]).toEqual(['3.75', '0.05', '29.40']);
});
