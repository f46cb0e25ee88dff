import { z } from 'zod';
import { cast } from './cast.ts';
import type { Dossier } from './dossier.ts';
import { Unexpected } from './failures.ts';
import type { Person } from './people.ts';
import type { Play } from './play.ts';
import { caseSchema, name, refuseEvent, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';

/** A session of the council, with its members as their own accounts see themselves. */
export interface Session extends StoryCase {
  /** Office ids of the members by username. */
  memberIds: ReadonlyMap<string, string>;
}

/** A case on the agenda, as far as the scenario reads it. */
const agendaCaseSchema = z.looseObject({
  nominationId: z.uuid(),
  state: z.string(),
  reason: z.string().nullable(),
  recusals: z.array(z.looseObject({ memberId: z.uuid() })),
  scoring: z
    .looseObject({
      rule: z.looseObject({
        criteria: z.array(z.looseObject({ code: z.string(), maxPoints: z.string() })),
        minPercent: z.string(),
      }),
      handedIn: z.int(),
      awaiting: z.array(z.uuid()),
      result: z.looseObject({ total: z.string(), passed: z.boolean() }).nullable(),
    })
    .nullable(),
  ballot: z
    .looseObject({
      base: z.int(),
      needed: z.int().nullable(),
      rollSize: z.int(),
      onRoll: z.boolean(),
      ownChoice: z.string().nullable(),
      result: z.looseObject({ yes: z.int(), passed: z.boolean() }).nullable(),
    })
    .nullable(),
});

export const sessionSchema = caseSchema.extend({
  memberId: z.uuid().nullable(),
  members: z.array(z.looseObject({ memberId: z.uuid(), present: z.boolean().nullable() })),
  quorum: z.looseObject({ present: z.int(), needed: z.int().nullable(), met: z.boolean() }),
  cases: z.array(agendaCaseSchema),
});
export type AgendaCase = z.output<typeof agendaCaseSchema>;

/** The secretary drafts a session with these cases and convenes the council for today. */
export async function conveneCouncil(play: Play, dossiers: readonly Dossier[]): Promise<Session> {
  const secretary = await play.people(cast.secretary);
  const title = `Phiên họp Hội đồng Thi đua - Khen thưởng tỉnh, tháng 12 năm ${play.year}`;
  const session = await startStoryCase(play, secretary, 'council-sessions', {
    title,
    what: `đưa ${dossiers.length} hồ sơ vào`,
    body: { title, nominationIds: dossiers.map(({ id }) => id) },
  });
  await sendEvent(play, secretary, session, 'CONVENE', 'convened', {
    date: await play.clock.today(),
    place: 'Phòng họp số 1, Ủy ban nhân dân tỉnh',
  });
  const memberIds = new Map<string, string>();
  for (const username of cast.council) {
    const member = await play.people(username);
    const { memberId } = await readSession(member, session);
    if (memberId === null) throw new Unexpected(`${username} không phải thành viên của phiên họp`);
    memberIds.set(username, memberId);
  }
  return Object.assign(session, { memberIds });
}

/** The session as this person sees it. */
export function readSession(who: Person, { id }: Pick<StoryCase, 'id'>) {
  return who.get(`/council-sessions/${id}`, sessionSchema);
}

/** One case of the session as this person sees it. */
export async function readAgendaCase(
  who: Person,
  session: Pick<StoryCase, 'id'>,
  nominationId: string,
): Promise<AgendaCase> {
  const { cases } = await readSession(who, session);
  const found = cases.find((each) => each.nominationId === nominationId);
  if (found === undefined) throw new Unexpected(`Phiên họp không có hồ sơ ${nominationId}`, cases);
  return found;
}

/** Without anybody there the session cannot open; with all members but one it does. */
export async function callTheRoll(play: Play, session: Session): Promise<void> {
  const secretary = await play.people(cast.secretary);
  await refuseEvent(play, secretary, session, 'OPEN', 'quorum');
  for (const [username, memberId] of session.memberIds) {
    const present = username !== cast.absent;
    const path = `/council-sessions/${session.id}/presence/${memberId}`;
    const body = present ? { present } : { present, reason: 'Đi công tác; gửi ý kiến bằng văn bản.' };
    await secretary.put(path, body, sessionSchema);
  }
  const { quorum } = await readSession(secretary, session);
  const absent = await play.people(cast.absent);
  play.trace.step(
    name(secretary),
    `điểm danh: ${session.title}`,
    `${quorum.present} có mặt (cần ${quorum.needed ?? 0}), vắng ${name(absent)}`,
  );
  await sendEvent(play, secretary, session, 'OPEN', 'inSession');
}

/** An event of the session about one case, told under that case's name; the session goes on. */
export async function sendCaseEvent(
  play: Play,
  who: Person,
  session: Session,
  dossier: Dossier,
  type: string,
  more: object = {},
): Promise<void> {
  const payload = { nominationId: dossier.id, ...more };
  await sendEvent(play, who, { ...session, title: dossier.title }, type, 'inSession', payload);
}

/** A member steps aside from a case before it is scored. */
export async function recuse(play: Play, session: Session, dossier: Dossier): Promise<void> {
  const secretary = await play.people(cast.secretary);
  const memberId = memberIdOf(session, cast.recused);
  await secretary.put(
    `/council-sessions/${session.id}/cases/${dossier.id}/recusals/${memberId}`,
    { reason: `Nguyên lãnh đạo ${dossier.unit.name}.` },
    sessionSchema,
  );
  const member = await play.people(cast.recused);
  play.trace.step(name(member), `rút khỏi việc xét: ${dossier.title}`, 'thư ký ghi nhận, kèm lý do');
}

export function memberIdOf({ memberIds }: Session, username: string): string {
  const found = memberIds.get(username);
  if (found === undefined) throw new Unexpected(`${username} không phải thành viên Hội đồng`);
  return found;
}

/** The secretary adjourns, the chairman signs the minutes; the minutes hold every case. */
export async function closeSession(play: Play, session: Session): Promise<void> {
  const secretary = await play.people(cast.secretary);
  await sendEvent(play, secretary, session, 'ADJOURN', 'adjourned');
  const chairman = await play.people(cast.chairman);
  await sendEvent(play, chairman, session, 'SIGN_MINUTES', 'closed');
  const minutes = await chairman.get(
    `/council-sessions/${session.id}/minutes`,
    z.looseObject({
      memberCount: z.int(),
      presentCount: z.int(),
      cases: z.array(z.looseObject({ nominationId: z.uuid() })),
      signed: z.looseObject({ name: z.string() }),
    }),
  );
  play.trace.lines([
    `Biên bản: ${minutes.presentCount}/${minutes.memberCount} thành viên, ${minutes.cases.length} hồ sơ, ` +
      `ký: ${minutes.signed.name}`,
  ]);
}
