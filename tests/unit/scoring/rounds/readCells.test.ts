import { describe, expect, test } from '@jest/globals';
import { readCells } from '../../../../services/scoring/rounds/readCells.ts';
import { readRoundSheet } from '../../../../services/scoring/rounds/roundSheet.ts';
import { SMALL_SHEET } from '../../../support/scoringRounds.ts';

const sheet = readRoundSheet(SMALL_SHEET);

describe('the cells of a request', () => {
  test('keep decimals exactly, in one form, whether they came as texts or as short numbers', () => {
    const { cells, problems } = readCells(sheet, 'self', {
      B1: { points: '7.50' },
      B2: { points: 7.1 },
      A1: { target: '1.5e1', actual: 0 },
      A2: { target: '12345678901234567890.123', actual: '0.000000000000001' },
    });
    expect(problems).toEqual([]);
    expect(cells).toEqual({
      B1: { points: '7.5' },
      B2: { points: '7.1' },
      A1: { target: '15', actual: '0' },
      A2: { target: '12345678901234567890.123', actual: '0.000000000000001' },
    });
  });

  test('refuse a number that a double may have bent', () => {
    const { problems } = readCells(sheet, 'self', { B1: { points: 0.1 + 0.2 } });
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/B1/points']);
  });

  test('take not-assigned rows with or without a result, and never for a penalty', () => {
    const { cells, problems } = readCells(sheet, 'self', {
      A1: { assigned: false },
      A2: { assigned: false, actual: '3' },
      A4: { assigned: true, count: '1' },
      E1: { assigned: false },
    });
    expect(cells).toEqual({
      A1: { assigned: false },
      A2: { assigned: false, actual: '3' },
      A4: { count: '1' },
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/E1/assigned']);
  });

  test('carry words beside the inputs, trimmed, and a removed cell as null', () => {
    const { cells } = readCells(sheet, 'self', { A3: { achieved: true, note: '  đủ quân  ' }, B1: null });
    expect(cells).toEqual({ A3: { achieved: true, note: 'đủ quân' }, B1: null });
  });

  test('ask the lead for a reason, and members only for points', () => {
    const { problems } = readCells(sheet, 'cluster', {
      A2: { target: '1', actual: '1' },
      B1: { assigned: false },
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/A2/reason', '/B1/assigned']);
  });

  test('name missing inputs, groups, unknown rows and wrong shapes', () => {
    const { problems } = readCells(sheet, 'self', {
      A: { points: '1' },
      Z: { points: '1' },
      A1: { target: '1' },
      B1: [],
      A3: 'có',
      A4: { count: '1'.repeat(41) },
    });
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/A',
      '/A1/actual',
      '/A3',
      '/A4/count',
      '/B1',
      '/Z',
    ]);
  });
});
