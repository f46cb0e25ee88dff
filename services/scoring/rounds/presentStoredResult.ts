import { z } from 'zod';
import type { RoundResultRow } from '../../../db/roundResults.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { PresentedResult } from '../presentResult.ts';

const decimals = z.record(z.string(), z.string());

/** A result as the API gives it: decimals are texts, percent with 4 places. */
export const roundResultSchema = z
  .object({
    engine: z.string(),
    hash: z.string(),
    computedAt: z.iso.datetime(),
    results: z.array(
      z.object({
        unitId: z.uuid().nullable(),
        unit: z.string(),
        name: z.string(),
        total: z.string(),
        denominator: z.string(),
        percent: z.string(),
        rank: z.int().nullable(),
        classification: z.string().nullable(),
        base: z.string(),
        bonus: z.string(),
        penalty: z.string(),
        groups: decimals,
        leaves: decimals,
        missing: z.array(z.string()),
        onHold: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'RoundResult' });

/** The result as stored, with the units' ids and names beside their codes. */
export function presentStoredResult(
  { members }: ScoringRoundCase,
  { engine, hash, computed_at, result, inputs }: RoundResultRow,
): z.input<typeof roundResultSchema> {
  const { results } = result as PresentedResult<string>;
  const { units } = inputs as { units: { code: string; name: string }[] };
  return {
    engine,
    hash,
    computedAt: computed_at.toISOString(),
    results: results.map((each) => ({
      ...each,
      missing: [...each.missing],
      unitId: members.find(({ code }) => code === each.unit)?.unitId ?? null,
      name: units.find(({ code }) => code === each.unit)?.name ?? each.unit,
    })),
  };
}
