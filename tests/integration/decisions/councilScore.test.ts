import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { councilSheetOutcome } from '../../../services/rules/councilSheet.ts';
import { sheetAggregates, type CouncilSheetRule } from '../../../services/rules/routeRule.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

/** Few and coarse points, so that sheets often reach the minimum exactly. */
const points = (most: number) =>
  fc.integer({ min: 0, max: most * 4 }).map((quarters) => String(quarters / 4));

const ruleFields = fc.record({
  aggregate: fc.constantFrom(...sheetAggregates),
  minScorers: fc.integer({ min: 1, max: 4 }),
  minPercent: fc.constantFrom('0', '33.3', '50', '62.5', '75', '100'),
});

const situation = fc
  .tuple(ruleFields, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }))
  .chain(([fields, maxima]) => {
    const criteria = maxima.map((most, index) => ({
      code: `C${index + 1}`,
      name: { vi: 'Tiêu chí', en: 'Criterion' },
      maxPoints: String(most),
    }));
    const whole = fc.record(Object.fromEntries(maxima.map((most, index) => [`C${index + 1}`, points(most)])));
    const partial = fc.constant<Record<string, string>>({});
    const sheets = fc.array(fc.oneof({ weight: 8, arbitrary: whole }, { weight: 1, arbitrary: partial }), {
      maxLength: 7,
    });
    const rule: CouncilSheetRule = { criteria, ...fields, basis: 'thử', standing: 'toConfirm' };
    return fc.record({ rule: fc.constant(rule), sheets });
  });

test('the database reckons the scores of a council as the scoring engine does, to the last quarter point', async () => {
  const situations = fc.sample(situation, { numRuns: 3_000, seed: 2736 });
  const { rows } = await database.db.raw<{ rows: { reached: boolean }[] }>(
    `select council_score_reached(s -> 'rule', array(select jsonb_array_elements(s -> 'sheets'))) as reached
       from jsonb_array_elements(?::jsonb) with ordinality as x (s, place) order by place`,
    [JSON.stringify(situations)],
  );
  const expected = situations.map(({ rule, sheets }) => {
    const counted = sheets.map((sheet) => ({ handedIn: true, points: sheet }));
    return councilSheetOutcome(rule, counted).status === 'passed';
  });
  expect(rows.map(({ reached }) => reached)).toEqual(expected);
  const reached = expected.filter(Boolean).length;
  expect(reached).toBeGreaterThan(500);
  expect(reached).toBeLessThan(2_500);
});
