import { z } from 'zod';

/** A row of a score sheet, as far as the scenario fills it in. */
export const criterionSchema = z.looseObject({
  code: z.string(),
  maxPoints: z.string(),
  formula: z.string().optional(),
  role: z.string().optional(),
  params: z
    .looseObject({
      bands: z.array(z.object({ atLeast: z.string() })).optional(),
      levels: z.array(z.object({ label: z.string() })).optional(),
    })
    .optional(),
  assessor: z.string().optional(),
  evidence: z.boolean().optional(),
});
export type Criterion = z.output<typeof criterionSchema>;

/** How well a unit does this year: its place from 0 (best) to 9, from which every figure follows. */
export type Place = number;

/** The place of a unit in a year: another unit leads each year, so that no run repeats the one before. */
export function placeOf(index: number, year: number): Place {
  return (index + 3 * year) % 10;
}

/** The rows that are scored: those with a formula. */
export function leavesOf(criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter(({ formula }) => formula !== undefined);
}

/** True for a criterion that people judge by points, so that each scorer has an opinion. */
export function isJudged({ formula }: Criterion): boolean {
  return formula === 'DIRECT' || formula === 'RANK_POINTS';
}

/** A figure of so many hundredths as a decimal: 375 is 3.75. Whole numbers all the way, as points must be. */
export function hundredths(value: number): string {
  return `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}

/** Points of a judged criterion: that share, in percent, of its most. */
export function pointsFor({ maxPoints }: Pick<Criterion, 'maxPoints'>, percent: number): string {
  return hundredths(Number.parseInt(maxPoints, 10) * percent);
}

/** The inputs of one criterion for a unit in that place: invented, plausible, and the same in every run of a year. */
export function cellFor(criterion: Criterion, place: Place): object {
  const percent = 108 - 3 * place;
  switch (criterion.formula) {
    case 'YES_NO':
      return { achieved: place < (criterion.role === 'bonus' ? 3 : 8) };
    case 'DIRECT':
    case 'RANK_POINTS':
      return { points: pointsFor(criterion, 98 - 2 * place) };
    case 'RATIO':
      return { target: '100', actual: String(percent) };
    case 'RATIO_INVERSE':
      return { target: '100', actual: String(200 - percent) };
    case 'LEADER_RELATIVE':
      return { target: '4', actual: hundredths(4 * percent) };
    case 'FULL_MINUS':
      return { count: String(Math.trunc(place / 4)) };
    case 'COUNT_STEP':
      return { count: String(3 - Math.trunc(place / 4)) };
    case 'PENALTY_STEP':
      return { count: place === 9 ? '1' : '0' };
    case 'TIER':
      return { value: pick(criterion.params?.bands, place)?.atLeast ?? '0' };
    case 'LEVEL':
      return { level: pick(criterion.params?.levels, place)?.label ?? '' };
    default:
      return {};
  }
}

/** A better one of the list for a better place; the last one is nobody's. */
function pick<Each>(list: readonly Each[] | undefined, place: Place): Each | undefined {
  if (list === undefined) return undefined;
  return list[Math.min(Math.trunc(place / 4), Math.max(0, list.length - 2))];
}
