import { beginChapter } from './chapter.ts';
import { cast } from './cast.ts';
import type { Play } from './play.ts';
import { sendEvent, type StoryCase } from './storyCase.ts';

/** The review in the middle of the year. */
export async function reviewAtMidterm(play: Play, movement: StoryCase): Promise<void> {
  await beginChapter(play, 'Sơ kết sáu tháng', `${play.year}-07-10`);
  const head = await play.people(cast.agencyHead);
  await sendEvent(play, head, movement, 'OPEN_MIDTERM_REVIEW', 'midtermReview');
  await sendEvent(play, head, movement, 'CLOSE_MIDTERM_REVIEW', 'running', {
    summary: 'Sáu tháng đầu năm các đơn vị bám sát chỉ tiêu đã đăng ký (minh họa).',
  });
}

/** The final review, after which the chairman concludes the movement. */
export async function concludeMovement(play: Play, movement: StoryCase): Promise<void> {
  await beginChapter(play, 'Tổng kết phong trào', `${play.year}-12-26`);
  const head = await play.people(cast.agencyHead);
  await sendEvent(play, head, movement, 'OPEN_FINAL_REVIEW', 'finalReview');
  const chairman = await play.people(cast.chairman);
  await sendEvent(play, chairman, movement, 'CONCLUDE', 'concluded', {
    summary: 'Các chỉ tiêu chủ yếu của phong trào đã hoàn thành (minh họa).',
  });
}
