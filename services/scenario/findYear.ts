import { z } from 'zod';
import { cast } from './cast.ts';
import { Refused, Unexpected } from './failures.ts';
import { allItems, type People, type Person } from './people.ts';
import type { StoryClock } from './storyClock.ts';

const FIRST_YEAR = 2018;

/** The days of one emulation year as they are planned (domain: register early, score in November, decide in December). */
export interface YearPlan {
  launch: string;
  registration: string;
  scoring: string;
  dossiers: string;
  decisions: string;
}

/** The plan of a year. Days may be a weekend; whoever uses one takes the next weekday. */
export function planOf(year: number): YearPlan {
  return {
    launch: `${year}-01-15`,
    registration: `${year}-01-22`,
    scoring: `${year}-11-05`,
    dossiers: `${year}-11-26`,
    decisions: `${year}-12-05`,
  };
}

/**
 * The next year that nobody has registered for or scored yet, and whose season of registration is not over on the
 * demo's clock. Throws Unexpected where no rule pack covers the whole of it: no year is played under another law.
 */
export async function findYear(people: People, clock: StoryClock): Promise<number> {
  const appraiser = await people(cast.appraiser);
  const dated = z.looseObject({ year: z.int() });
  const used = [
    ...(await allItems(appraiser, '/scoring-rounds', dated)),
    ...(await allItems(appraiser, '/registrations', dated)),
  ].map(({ year }) => year);
  const unused = Math.max(FIRST_YEAR, ...used.map((year) => year + 1));
  const year = startableFrom(unused, await clock.today());
  for (const day of Object.values(planOf(year))) await requireRules(appraiser, year, day as string);
  return year;
}

/** Units register until 31 March; later, the year cannot be played from its beginning any more. */
function startableFrom(year: number, today: string): number {
  return today <= `${year}-03-31` ? year : startableFrom(year + 1, today);
}

async function requireRules(person: Person, year: number, day: string): Promise<void> {
  try {
    await person.get(`/award-rules?date=${day}`, z.looseObject({}));
  } catch (error) {
    if (!(error instanceof Refused) || error.problem().code !== 'no-rule-in-force') throw error;
    throw new Unexpected(
      `Năm thi đua tiếp theo là ${year}, nhưng ngày ${day} chưa có gói quy định nào áp dụng (no-rule-in-force): ` +
        'công bố gói quy định mới trước, hoặc chạy với một cơ sở dữ liệu mới.',
    );
  }
}
