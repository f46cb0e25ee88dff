import type { Knex } from 'knex';
import { awardNamesOf, councilSecretariesOn, sessionMoments } from '../../db/councilMinutes.ts';
import type { CouncilSessionCase, SessionMember } from '../../db/views/councilSessionCases.ts';
import { NotAllowedNow } from '../errors.ts';
import { rulesOf } from './agendaRules.ts';
import { presentOf } from './entitlement.ts';
import { presentCase } from './presentCase.ts';
import { quorumSeats } from './quorumSeats.ts';

/**
 * What the minutes of a session say (biên bản họp Hội đồng): when and where, who chaired, who was there and who was
 * not, and for each case its scores, its votes against the number needed, and its result. Says nothing of scores and
 * votes that are not closed. Throws NotAllowedNow (`wrong-state`) before the session opens.
 */
export async function minutesOf(db: Knex, row: CouncilSessionCase, today: string) {
  const moments = await sessionMoments(db, row.id);
  const opened = moments.find(({ type }) => type === 'OPEN');
  if (opened === undefined) {
    throw new NotAllowedNow('wrong-state', {
      vi: 'Phiên họp chưa khai mạc nên chưa có biên bản.',
      en: 'The session has not been opened: there are no minutes yet.',
    });
  }
  const { session, members, cases } = row;
  const [secretary] = await councilSecretariesOn(db, session.held_on ?? today);
  const awards = await awardNamesOf(
    db,
    cases.map(({ nomination_id }) => nomination_id),
  );
  const adjourned = moments.findLast(({ type }) => type === 'ADJOURN');
  const signed = moments.findLast(({ type }) => type === 'SIGN_MINUTES');
  const chair = members.find(({ chairs }) => chairs);
  return {
    sessionId: row.id,
    title: session.title,
    date: session.held_on,
    place: session.place,
    openedAt: opened.at.toISOString(),
    adjournedAt: adjourned?.at.toISOString() ?? null,
    chair: chair === undefined ? null : personOf(chair),
    secretary: secretary ?? null,
    memberCount: members.length,
    presentCount: presentOf(members),
    quorumNeeded: quorumSeats(cases.map(rulesOf), members.length),
    present: members.filter(({ present }) => present === true).map(personOf),
    absent: members
      .filter(({ present }) => present !== true)
      .map((member) => ({ ...personOf(member), reason: member.reason })),
    cases: cases.map((each) => ({
      awardName: awards.get(each.nomination_id) ?? null,
      ...presentCase(row, each, null),
    })),
    signed:
      signed === undefined ? null : { name: signed.name, title: signed.title, at: signed.at.toISOString() },
  };
}

function personOf({ id, name, title }: SessionMember) {
  return { memberId: id, name, title };
}
