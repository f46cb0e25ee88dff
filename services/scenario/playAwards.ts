import { holdAndRelease, passAppraisal, returnForSupplement } from './appraisal.ts';
import { awardsOfTheYear } from './awardKinds.ts';
import { cast } from './cast.ts';
import { reviewInCluster } from './clusterReview.ts';
import { callTheRoll, closeSession, conveneCouncil, recuse } from './councilSession.ts';
import { scoreInCouncil } from './councilScores.ts';
import { refuseSecretBallot, voteInCouncil } from './councilVotes.ts';
import { addWeekdays } from './days.ts';
import { draftDossier, submitDossier, type Dossier } from './dossier.ts';
import { Unexpected } from './failures.ts';
import type { BookEntry } from './goldenBook.ts';
import type { YearPlan } from './findYear.ts';
import { expectMail } from './mails.ts';
import { officerOf, leaderOf, type Member, type Play } from './play.ts';
import { beginChapter } from './chapter.ts';
import { decideAwards } from './decideAwards.ts';
import type { ScoringRound } from './scoringRound.ts';
import { seeMoved, sendEvent } from './storyCase.ts';

/** What the second half of the year starts from. */
export interface Scored {
  plan: YearPlan;
  round: ScoringRound;
  /** The units by rank. */
  ranked: readonly Member[];
  members: readonly Member[];
  /** Reads a path as somebody who is not logged in. */
  anybody: (path: string) => Promise<unknown>;
}

/** The dossiers of the year by what becomes of them. */
export interface Dossiers {
  flag: Dossier;
  flagShort: Dossier;
  flagDeclined: Dossier;
  collective: Dossier;
  collectiveLow: Dossier;
  supplemented: Dossier;
  held: Dossier;
  state: Dossier;
  secret: Dossier;
}

/** The golden book of the year at its end, and the dossiers that led to it. */
export interface Awarded {
  dossiers: Dossiers;
  book: BookEntry[];
}

/** From the result of the round to the golden book: dossiers, cluster, appraisal, council, decisions. */
export async function playAwards(play: Play, scored: Scored): Promise<Awarded> {
  const { plan, members } = scored;
  await beginChapter(play, 'Lập hồ sơ đề nghị khen thưởng', plan.dossiers);
  const dossiers = await draftAll(play, scored.ranked);
  for (const dossier of Object.values(dossiers)) await submitDossier(play, dossier as Dossier);

  await beginChapter(play, 'Suy tôn trong cụm', addWeekdays(plan.dossiers, 1));
  await reviewInCluster(play, members, dossiers.flag, 'endorsed');
  await reviewInCluster(play, members, dossiers.flagShort, 'endorsed');
  await reviewInCluster(play, members, dossiers.flagDeclined, 'declined');
  await expectMail(
    play,
    [officerOf(dossiers.flagDeclined.unit)],
    dossiers.flagDeclined,
    'Không được suy tôn',
  );

  await beginChapter(play, 'Thẩm định hồ sơ', addWeekdays(plan.dossiers, 1));
  await returnForSupplement(play, dossiers.supplemented);
  await holdAndRelease(play, dossiers.held);

  await beginChapter(play, 'Hội đồng Thi đua - Khen thưởng họp', plan.decisions);
  await sitInCouncil(play, dossiers);
  const book = await decideAwards(play, scored, dossiers);
  return { dossiers, book };
}

/** Every kind of way, for units from the top of the table downwards; the individual is an invented person. */
async function draftAll(play: Play, ranked: readonly Member[]): Promise<Dossiers> {
  const awards = await awardsOfTheYear(await play.people(cast.appraiser));
  const unit = (rank: number): Member => {
    const found = ranked[rank - 1];
    if (found === undefined) throw new Unexpected(`Bảng xếp hạng không có hạng ${rank}`, ranked);
    return found;
  };
  const person = {
    subjectName: 'A Lềnh (nhân vật minh họa)',
    subjectPosition: `Trưởng phòng Nội vụ ${unit(1).name}`,
  };
  const office = (rank: number, name: string) => ({ subjectName: `${name} ${unit(rank).name}` });
  return {
    flag: await draftDossier(play, unit(1), awards.voted),
    flagShort: await draftDossier(play, unit(2), awards.voted),
    flagDeclined: await draftDossier(play, unit(9), awards.voted),
    collective: await draftDossier(play, unit(3), awards.scored, office(3, 'Phòng Lao động')),
    collectiveLow: await draftDossier(play, unit(8), awards.scored, office(8, 'Phòng Tài chính')),
    supplemented: await draftDossier(play, unit(4), awards.plain, office(4, 'Ban Chỉ đạo giảm nghèo')),
    held: await draftDossier(play, unit(5), awards.plain, office(5, 'Hội Nông dân')),
    state: await draftDossier(play, unit(1), awards.higher),
    secret: await draftDossier(play, unit(1), awards.secret, person),
  };
}

async function sitInCouncil(play: Play, dossiers: Dossiers): Promise<void> {
  const { flag, flagShort, collective, collectiveLow, state, secret } = dossiers;
  const agenda = [flag, flagShort, collective, collectiveLow, state, secret];
  for (const dossier of agenda) await passAppraisal(play, dossier);
  const session = await conveneCouncil(play, agenda);
  await expectMail(play, [cast.absent, cast.recused], session, '');
  await callTheRoll(play, session);
  await recuse(play, session, collective);

  await scoreInCouncil(play, session, flag, 'enough');
  await voteInCouncil(play, session, flag, 'passed');
  await scoreInCouncil(play, session, flagShort, 'enough');
  await voteInCouncil(play, session, flagShort, 'missed');
  await scoreInCouncil(play, session, collective, 'enough');
  await scoreInCouncil(play, session, collectiveLow, 'tooLow');
  await voteInCouncil(play, session, state, 'passed');
  await refuseSecretBallot(play, session, secret);
  const leader = await play.people(leaderOf(secret.unit));
  await sendEvent(play, leader, secret, 'WITHDRAW', 'withdrawn', {
    reason: 'Chờ hệ thống có bỏ phiếu kín đúng quy định.',
  });
  await closeSession(play, session);

  const appraiser = await play.people(cast.appraiser);
  for (const passed of [flag, collective, state]) await seeMoved(play, appraiser, passed, 'awaitingDecision');
  for (const failed of [flagShort, collectiveLow]) {
    await seeMoved(play, appraiser, failed, 'notApproved');
    await expectMail(play, [officerOf(failed.unit)], failed, 'Không được thông qua');
  }
}
