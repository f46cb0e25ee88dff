import type { People } from './people.ts';
import type { StoryClock } from './storyClock.ts';
import type { StoryCase } from './storyCase.ts';
import type { WaitFor } from './waitFor.ts';
import type { Trace } from './trace.ts';

/** What every step of the year works with. */
export interface Play {
  year: number;
  people: People;
  trace: Trace;
  clock: StoryClock;
  waitFor: WaitFor;
  /** The Vietnamese label of a workflow's event. */
  labelOf: (workflow: string, event: string) => string;
  /** Every case that the play has started, in order. */
  cases: StoryCase[];
}

/** A unit of the cluster that is played. */
export interface Member {
  code: string;
  unitId: string;
  name: string;
  position: 'lead' | 'deputy' | 'member';
}

/** The officer of a unit, who does the work. */
export const officerOf = ({ code }: Pick<Member, 'code'>): string => `${code}.canbo`;

/** The leader of a unit, who submits and votes for it. */
export const leaderOf = ({ code }: Pick<Member, 'code'>): string => `${code}.lanhdao`;

/** The unit that acts as lead of the cluster in a case of this unit: the lead, or the deputy in the lead's own. */
export function actingLead(members: readonly Member[], unit: Member): Member {
  const wanted = unit.position === 'lead' ? 'deputy' : 'lead';
  const found = members.find(({ position }) => position === wanted);
  if (found === undefined) throw new Error(`cụm không có đơn vị ${wanted}`);
  return found;
}
