import { cast } from './cast.ts';
import { readAgendaCase, sendCaseEvent, sessionSchema, type Session } from './councilSession.ts';
import type { Dossier } from './dossier.ts';
import { expect, expectSame, Refused } from './failures.ts';
import type { Play } from './play.ts';
import { name, refuseEvent } from './storyCase.ts';

/**
 * The council votes openly on a case. It passes with all but one in favour, everybody on the roll having voted, the
 * absent member in writing; or it misses the share by one yes, the chairman ordering the close over the absent one.
 */
export async function voteInCouncil(
  play: Play,
  session: Session,
  dossier: Dossier,
  outcome: 'passed' | 'missed',
): Promise<void> {
  const secretary = await play.people(cast.secretary);
  const nomination = { nominationId: dossier.id };
  await sendCaseEvent(play, secretary, session, dossier, 'OPEN_BALLOT');
  const { ballot } = await readAgendaCase(secretary, session, dossier.id);
  const needed = ballot?.needed ?? 0;
  const onRoll = await votersOnRoll(play, session, dossier);
  const voters = outcome === 'passed' ? onRoll : onRoll.filter((username) => username !== cast.absent);
  const yes = outcome === 'passed' ? Math.max(needed, voters.length - 1) : needed - 1;
  for (const [index, username] of voters.entries()) {
    await castVote(
      play,
      session,
      dossier,
      username,
      index < yes ? 'yes' : index % 2 === 0 ? 'no' : 'abstain',
    );
  }
  play.trace.step(
    `${voters.length} thành viên Hội đồng`,
    `biểu quyết: ${dossier.title}`,
    `${yes} đồng ý trên ${ballot?.base ?? 0}, cần ${needed}`,
  );

  if (voters.length === ballot?.rollSize) {
    await sendCaseEvent(play, secretary, session, dossier, 'CLOSE_BALLOT');
  } else {
    await refuseEvent(play, secretary, session, 'CLOSE_BALLOT', 'caseBallotClosable', nomination);
    const chairman = await play.people(cast.chairman);
    const order = { chairOrder: 'Không chờ ý kiến bằng văn bản nữa.' };
    await sendCaseEvent(play, chairman, session, dossier, 'CLOSE_BALLOT', order);
  }
  const closed = await readAgendaCase(secretary, session, dossier.id);
  expectSame(
    [closed.ballot?.result?.yes, closed.ballot?.result?.passed, closed.reason],
    [yes, outcome === 'passed', outcome === 'passed' ? null : 'shareOfVotesMissed'],
    `Kết quả biểu quyết "${dossier.title}" khác số phiếu đã bỏ`,
  );
}

async function votersOnRoll(play: Play, session: Session, dossier: Dossier): Promise<string[]> {
  const usernames = await Promise.all(
    cast.council.map(async (username) => {
      const { ballot } = await readAgendaCase(await play.people(username), session, dossier.id);
      return ballot?.onRoll === true ? [username] : [];
    }),
  );
  return usernames.flat();
}

/** A vote keeps no answer for its key; one that is told to be there already must be this very choice. */
async function castVote(
  play: Play,
  session: Session,
  dossier: Dossier,
  username: string,
  choice: 'yes' | 'no' | 'abstain',
): Promise<void> {
  const member = await play.people(username);
  try {
    const path = `/council-sessions/${session.id}/cases/${dossier.id}/votes`;
    await member.post(path, { choice }, sessionSchema);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem().code !== 'conflict') throw error;
    const { ballot } = await readAgendaCase(member, session, dossier.id);
    expect(ballot?.ownChoice === choice, 'Phiếu đã có là một lựa chọn khác', ballot);
  }
}

/** A case with a secret vote: its ballot cannot be opened, and the refusal says that this is why. */
export async function refuseSecretBallot(play: Play, session: Session, dossier: Dossier): Promise<void> {
  const secretary = await play.people(cast.secretary);
  await refuseEvent(play, secretary, session, 'OPEN_BALLOT', 'caseBallotLawful', {
    nominationId: dossier.id,
  });
  play.trace.lines([`${name(secretary)} không mở được bỏ phiếu kín; đơn vị rút hồ sơ để chờ.`]);
}
