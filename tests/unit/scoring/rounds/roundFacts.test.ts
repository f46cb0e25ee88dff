import { describe, expect, test } from '@jest/globals';
import type { ScoringRoundCase, SheetSeen } from '../../../../db/views/scoringRoundCases.ts';
import { roundFacts } from '../../../../services/scoring/rounds/roundFacts.ts';

type Seen = Parameters<typeof roundFacts>[0];

function round(overrides: Partial<ScoringRoundCase>): Seen {
  return {
    sheet_published: true,
    member_unit_ids: ['one', 'two'],
    assessor_unit_ids: ['office'],
    deadlines: [],
    sheets: [],
    ...overrides,
  };
}

const owed = (kind: string, unit: string, closed: string | null) => ({
  kind,
  owed_unit_id: unit,
  due_on: '2018-03-10',
  closed_on: closed,
});

const handed = (layer: SheetSeen['layer'], unit: string, scorer: string): SheetSeen => ({
  unit_id: unit,
  layer,
  scorer_unit_id: scorer,
  handed_in: true,
  filled: true,
});

const departments = [handed('department', 'one', 'office'), handed('department', 'two', 'office')];

describe('the facts of a round', () => {
  test('a sheet is ready when it is published for two members or more', () => {
    expect(roundFacts(round({}), '2018-03-01')['sheetReady']).toBe(true);
    expect(roundFacts(round({ sheet_published: false }), '2018-03-01')['sheetReady']).toBe(false);
    expect(roundFacts(round({ member_unit_ids: ['one'] }), '2018-03-01')['sheetReady']).toBe(false);
  });

  test('self-scoring closes when nobody owes, or on the day after the last', () => {
    const one = owed('selfScoring', 'one', '2018-03-02');
    const two = owed('selfScoring', 'two', null);
    const closable = (deadlines: Seen['deadlines'], today: string) =>
      roundFacts(round({ deadlines }), today)['selfScoringClosable'];
    expect(closable([one, two], '2018-03-10')).toBe(false);
    expect(closable([one, two], '2018-03-11')).toBe(true);
    expect(closable([one, owed('selfScoring', 'two', '2018-03-09')], '2018-03-09')).toBe(true);
  });

  test('cross-scoring waits for departments as well, until its time is over', () => {
    const deadlines = [owed('crossScoring', 'one', '2018-03-02'), owed('crossScoring', 'two', '2018-03-03')];
    const closable = (sheets: SheetSeen[], today: string) =>
      roundFacts(round({ deadlines, sheets }), today)['crossScoringClosable'];
    expect(closable([], '2018-03-04')).toBe(false);
    expect(closable(departments.slice(0, 1), '2018-03-04')).toBe(false);
    expect(closable(departments, '2018-03-04')).toBe(true);
    expect(closable([], '2018-03-11')).toBe(true);
  });

  test('a department never owes a sheet about itself', () => {
    const deadlines = [owed('crossScoring', 'one', '2018-03-02')];
    const own = round({ deadlines, sheets: departments.slice(0, 1), member_unit_ids: ['one', 'office'] });
    expect(roundFacts(own, '2018-03-04')['crossScoringClosable']).toBe(true);
  });

  test('a result can be computed once anything is scored', () => {
    expect(roundFacts(round({}), '2018-03-01')['resultComputable']).toBe(false);
    expect(roundFacts(round({ sheets: departments }), '2018-03-01')['resultComputable']).toBe(true);
  });
});
