import { cast } from './cast.ts';
import { addWeekdays } from './days.ts';
import { attach, type Dossier } from './dossier.ts';
import { expectMail } from './mails.ts';
import { leaderOf, officerOf, type Play } from './play.ts';
import { sendEvent } from './storyCase.ts';

/** The appraiser passes a dossier on: to the council, or where the award asks for none, to the decision. */
export async function passAppraisal(play: Play, dossier: Dossier): Promise<void> {
  const appraiser = await play.people(cast.appraiser);
  const goesTo = dossier.award.route.council === null ? 'awaitingDecision' : 'councilReview';
  await sendEvent(play, appraiser, dossier, 'PASS_APPRAISAL', goesTo, {
    summary: 'Hồ sơ đúng thành phần, thành tích rõ (minh họa).',
  });
}

/** A dossier comes back for one paper, which the unit replaces a day later and sends in again. */
export async function returnForSupplement(play: Play, dossier: Dossier): Promise<void> {
  const appraiser = await play.people(cast.appraiser);
  const paper = dossier.award.components.at(-1);
  await sendEvent(play, appraiser, dossier, 'RETURN', 'supplement', {
    reason: `${paper?.name.vi ?? 'Tài liệu'} chưa có chữ ký của người chủ trì.`,
    items: paper === undefined ? [] : [paper.name.vi],
  });
  await expectMail(play, [officerOf(dossier.unit)], dossier, 'Yêu cầu bổ sung hồ sơ');
  await play.clock.moveTo(addWeekdays(await play.clock.today(), 1));
  if (paper !== undefined) await attach(play, dossier, paper.code, `${paper.name.vi} (đã ký)`, 0);
  const leader = await play.people(leaderOf(dossier.unit));
  await sendEvent(play, leader, dossier, 'RESUBMIT', 'appraisal');
}

/** The head of the agency holds a dossier while something is verified, and releases it. */
export async function holdAndRelease(play: Play, dossier: Dossier): Promise<void> {
  const head = await play.people(cast.agencyHead);
  await sendEvent(play, head, dossier, 'HOLD', 'onHold', {
    reason: 'Đang xác minh một đơn phản ánh liên quan đến đơn vị.',
  });
  await expectMail(play, [officerOf(dossier.unit)], dossier, 'Tạm dừng xem xét');
  await play.clock.moveTo(addWeekdays(await play.clock.today(), 1));
  await sendEvent(play, head, dossier, 'RELEASE', 'appraisal', {
    reason: 'Đã xác minh: phản ánh không có cơ sở.',
  });
}
