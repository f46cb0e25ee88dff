import { describe, expect, test } from '@jest/globals';
import type { ScoreLayer, ScoreSheetRow } from '../../../../db/scoreSheets.ts';
import { canonicalJson } from '../../../../services/audit/canonicalJson.ts';
import { computeRound, recomputeRound } from '../../../../services/scoring/rounds/computeRound.ts';
import { roundInputs } from '../../../../services/scoring/rounds/roundInputs.ts';
import { SMALL_SHEET } from '../../../support/scoringRounds.ts';

const round = {
  round: {
    id: 'r',
    title: 'Đợt',
    year: 2018,
    cluster_id: 'c',
    sheet_id: 's',
    movement_id: null,
    assessor_unit_ids: ['u3'],
    knockouts: [{ unitId: 'u2', code: 'X', effect: 'hold' as const, reason: 'đang xác minh' }],
  },
  members: [
    { unitId: 'u1', code: 'aa', name: 'A', position: 'lead' as const },
    { unitId: 'u2', code: 'bb', name: 'B', position: 'member' as const },
  ],
  assessors: [{ unitId: 'u3', code: 'sotaichinh', name: 'Sở Tài chính' }],
};

function row(unit: string, layer: ScoreLayer, scorer: string | null, cells: ScoreSheetRow['cells']) {
  return {
    id: `${unit}/${layer}/${scorer ?? ''}`,
    round_id: 'r',
    unit_id: unit,
    layer,
    scorer_unit_id: scorer,
    cells,
    handed_in: true,
    revision: 1,
    updated_by: 'x',
    updated_at: new Date(0),
  };
}

const rows = [
  row('u1', 'self', 'u1', { B1: { points: '7', note: 'ghi chú' }, A3: { achieved: true } }),
  row('u1', 'cluster', 'u2', { B1: { points: '8.25' } }),
  row('u1', 'department', 'u3', { A1: { target: '2', actual: '3', reason: 'đối chiếu' } }),
  row('u2', 'verified', null, { B2: { points: '4' } }),
  row('u2', 'cluster', 'gone', { B1: { points: '1' } }),
  row('gone', 'self', 'gone', { B1: { points: '10' } }),
];

describe('the inputs of a result', () => {
  test('hold figures only, of members only, each with its layer and scorer', () => {
    expect(roundInputs(round, SMALL_SHEET, rows)).toEqual({
      format: 'score-bundle/1',
      sheet: SMALL_SHEET,
      units: [
        { code: 'aa', name: 'A' },
        { code: 'bb', name: 'B' },
      ],
      entries: [
        { unit: 'aa', criterion: 'A1', layer: 'department', scorer: 'sotaichinh', target: '2', actual: '3' },
        { unit: 'aa', criterion: 'A3', layer: 'self', achieved: true },
        { unit: 'aa', criterion: 'B1', layer: 'self', points: '7' },
        { unit: 'aa', criterion: 'B1', layer: 'cluster', scorer: 'bb', points: '8.25' },
        { unit: 'bb', criterion: 'B2', layer: 'verified', points: '4' },
      ],
      knockouts: [{ unit: 'bb', code: 'X', effect: 'hold' }],
    });
  });

  test('and the result are the same bytes in whatever order the rows come, also after a trip through jsonb', () => {
    const inputs = roundInputs(round, SMALL_SHEET, rows);
    const turned = roundInputs(round, SMALL_SHEET, [...rows].reverse());
    expect(canonicalJson(turned)).toBe(canonicalJson(inputs));
    const computed = computeRound(inputs);
    if ('problems' in computed) throw new Error(JSON.stringify(computed.problems));
    const { result, hash } = computed.value;
    const stored = JSON.parse(canonicalJson({ inputs, result })) as { inputs: unknown; result: unknown };
    expect(recomputeRound({ ...stored, hash })).toEqual({ ...computed.value, identical: true });
  });
});
