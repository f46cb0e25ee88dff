import { cast } from './cast.ts';
import {
  memberIdOf,
  readAgendaCase,
  readSession,
  sendCaseEvent,
  sessionSchema,
  type AgendaCase,
  type Session,
} from './councilSession.ts';
import type { Dossier } from './dossier.ts';
import { expect, expectSame, Unexpected } from './failures.ts';
import type { Play } from './play.ts';
import { pointsFor } from './scoreCells.ts';
import { name } from './storyCase.ts';

/**
 * All members who are there and have not stepped aside score a case on the award's council sheet: clearly above its
 * minimum, or just below. A recused member's sheet is refused. The case passes or fails by the scores alone.
 */
export async function scoreInCouncil(
  play: Play,
  session: Session,
  dossier: Dossier,
  outcome: 'enough' | 'tooLow',
): Promise<void> {
  const secretary = await play.people(cast.secretary);
  await sendCaseEvent(play, secretary, session, dossier, 'OPEN_SCORING');
  const opened = await readAgendaCase(secretary, session, dossier.id);
  const recused = recusedMembers(session, opened);
  for (const username of recused) await refuseSheet(play, session, dossier, opened, username);

  const scorers = cast.council.filter((each) => each !== cast.absent && !recused.includes(each));
  await Promise.all(
    scorers.map(async (username, index) => {
      const member = await play.people(username);
      const points = sheetFor(opened, outcome, index);
      await member.put(sheetPath(session, dossier), { points, handedIn: true }, sessionSchema);
    }),
  );
  const whole = await readAgendaCase(secretary, session, dossier.id);
  expectSame([whole.scoring?.handedIn, whole.scoring?.awaiting], [scorers.length, []], 'Thiếu phiếu điểm');
  await sendCaseEvent(play, secretary, session, dossier, 'CLOSE_SCORING');

  const closed = await readAgendaCase(secretary, session, dossier.id);
  const result = closed.scoring?.result;
  expectSame(result?.passed, outcome === 'enough', `Kết quả chấm điểm của "${dossier.title}" khác dự kiến`);
  expect(outcome === 'enough' || closed.reason === 'belowMinimumScore', 'Không nêu lý do điểm thấp', closed);
  play.trace.lines([
    `${scorers.length} phiếu điểm: ${result?.total ?? ''} điểm, mức tối thiểu ${closed.scoring?.rule.minPercent ?? ''} %` +
      `: ${outcome === 'enough' ? 'đạt' : 'không đạt'}`,
  ]);
}

const sheetPath = (session: Session, dossier: Dossier) =>
  `/council-sessions/${session.id}/cases/${dossier.id}/sheet`;

function recusedMembers({ memberIds }: Session, { recusals }: AgendaCase): string[] {
  const ids = recusals.map(({ memberId }) => memberId);
  return [...memberIds].filter(([, id]) => ids.includes(id)).map(([username]) => username);
}

/** Above the minimum by twelve in a hundred, or below by five; members differ by a little. */
function sheetFor({ scoring }: AgendaCase, outcome: 'enough' | 'tooLow', member: number) {
  if (scoring === null) throw new Unexpected('Hồ sơ này không chấm điểm');
  const minimum = Number.parseInt(scoring.rule.minPercent, 10);
  const percent = outcome === 'enough' ? Math.min(98, minimum + 12) : minimum - 5;
  return Object.fromEntries(
    scoring.rule.criteria.map((criterion) => [criterion.code, pointsFor(criterion, percent + (member % 3))]),
  );
}

async function refuseSheet(
  play: Play,
  session: Session,
  dossier: Dossier,
  opened: AgendaCase,
  username: string,
): Promise<void> {
  const member = await play.people(username);
  const body = { points: sheetFor(opened, 'enough', 0), handedIn: true };
  const request = { method: 'PUT', path: sheetPath(session, dossier), body } as const;
  const problem = await member.refused(request, 403, 'forbidden');
  play.trace.step(name(member), `chấm điểm ${dossier.title}`, `bị từ chối 403: ${problem.detail}`);
  const { memberId } = await readSession(member, session);
  expectSame(memberId, memberIdOf(session, username), 'Thành viên đã rút vẫn là thành viên của phiên họp');
}
