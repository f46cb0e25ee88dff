import { passAppraisal } from './appraisal.ts';
import { beginChapter } from './chapter.ts';
import { cast } from './cast.ts';
import { addWeekdays } from './days.ts';
import { draftDecision, refuseOnDecision, returnDecision, signAndIssue, submitDecision } from './decision.ts';
import type { Dossier } from './dossier.ts';
import { expectSame } from './failures.ts';
import { bookOfTheYear, entryOf, lookUp, type BookEntry } from './goldenBook.ts';
import { forwardToHigherLevel, recordHigherDecision } from './higherLevel.ts';
import { expectMail } from './mails.ts';
import { leaderOf, officerOf, type Play } from './play.ts';
import type { Dossiers, Scored } from './playAwards.ts';
import { seeMoved } from './storyCase.ts';

/** Decision, higher level, golden book, revocation; answers the golden book of the year after all of it. */
export async function decideAwards(play: Play, scored: Scored, dossiers: Dossiers): Promise<BookEntry[]> {
  const { flag, collective, supplemented, held, state } = dossiers;
  await beginChapter(play, 'Quyết định khen thưởng', await play.clock.today());
  for (const dossier of [supplemented, held]) await passAppraisal(play, dossier);
  const approved = [flag, collective, supplemented, held];
  await decide(play, approved, dossiers);
  await beginChapter(play, 'Trình cấp trên', await play.clock.today());
  await forwardToHigherLevel(play, state);
  await beginChapter(play, 'Kết quả của cấp trên', `${play.year}-12-20`);
  await recordHigherDecision(play, state);

  await beginChapter(play, 'Sổ vàng', await play.clock.today());
  const awarded = [...approved, state];
  for (const dossier of awarded) {
    await expectMail(play, [officerOf(dossier.unit), leaderOf(dossier.unit)], dossier, 'Đã được khen thưởng');
  }
  const book = await bookOfTheYear(play, awarded);
  for (const dossier of awarded) await lookUp(play, scored.anybody, entryOf(book, dossier));

  await beginChapter(play, 'Thu hồi một khen thưởng', `${play.year}-12-24`);
  await revoke(play, collective, entryOf(book, collective).id);
  const after = await bookOfTheYear(play, awarded);
  await lookUp(play, scored.anybody, entryOf(after, collective));
  expectSame(
    awarded.map((dossier) => entryOf(after, dossier).standing),
    awarded.map((dossier) => dossier !== collective),
    'Sau khi thu hồi, chỉ khen thưởng đó hết hiệu lực',
  );

  return after;
}

async function decide(play: Play, approved: readonly Dossier[], { flagShort }: Dossiers): Promise<void> {
  await refuseOnDecision(play, approved, flagShort);
  const decision = await draftDecision(play, {
    kind: 'award',
    title: `Quyết định tặng thưởng năm ${play.year}`,
    items: approved.map(({ id }) => ({ nominationId: id })),
  });
  await submitDecision(play, decision);
  await returnDecision(play, decision);
  await play.clock.moveTo(addWeekdays(await play.clock.today(), 1));
  await submitDecision(play, decision);
  await signAndIssue(play, decision);
  const clerk = await play.people(cast.recordsClerk);
  for (const dossier of approved) await seeMoved(play, clerk, dossier, 'awarded');
}

async function revoke(play: Play, dossier: Dossier, awardId: string): Promise<void> {
  const decision = await draftDecision(play, {
    kind: 'revocation',
    title: `Quyết định thu hồi khen thưởng của ${dossier.unit.name} năm ${play.year}`,
    items: [{ awardId, reason: 'Báo cáo thành tích không đúng sự thật (tình huống minh họa).' }],
  });
  await submitDecision(play, decision);
  await signAndIssue(play, decision);
  await seeMoved(play, await play.people(cast.recordsClerk), dossier, 'revoked');
  await expectMail(play, [officerOf(dossier.unit), leaderOf(dossier.unit)], dossier, 'Thu hồi khen thưởng');
}
