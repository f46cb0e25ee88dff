import type { CouncilSessionCase } from '../../db/views/councilSessionCases.ts';
import type { Actor } from '../accounts/actor.ts';
import { rulesOf } from './agendaRules.ts';
import { sessionQuorum } from './councilFacts.ts';
import { presentOf } from './entitlement.ts';
import { presentCase } from './presentCase.ts';
import { quorumSeats } from './quorumSeats.ts';

/** The session's own fields in the envelope, as this viewer may see them. */
export function presentSession(row: CouncilSessionCase, viewer: Actor): Record<string, unknown> {
  const memberId = memberOf(row, viewer);
  return {
    title: row.session.title,
    date: row.session.held_on,
    place: row.session.place,
    memberId,
    members: row.members.map(({ id, name, title, chairs, present, reason }) => ({
      memberId: id,
      name,
      title,
      chairs,
      present,
      reason,
    })),
    quorum: {
      members: row.members.length,
      present: presentOf(row.members),
      needed: quorumSeats(row.cases.map(rulesOf), row.members.length),
      met: sessionQuorum(row),
    },
    cases: row.cases.map((each) => presentCase(row, each, memberId)),
  };
}

/** The office with which the viewer is a member of this session, or null. */
export function memberOf({ members }: Pick<CouncilSessionCase, 'members'>, viewer: Actor): string | null {
  return viewer.offices.find((office) => members.some(({ id }) => id === office.id))?.id ?? null;
}
