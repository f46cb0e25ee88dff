import { z } from 'zod';
import { cast } from './cast.ts';
import { Unexpected } from './failures.ts';
import { allItems } from './people.ts';
import type { Play } from './play.ts';
import { refuseEvent, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';

const movementSchema = z.looseObject({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  planNumber: z.string(),
  periodFrom: z.int(),
  periodTo: z.int(),
  standingAgencyId: z.uuid(),
  focalAgencyId: z.uuid(),
  workflow: z.looseObject({ state: z.string() }),
});

/**
 * Shows the province's running movement, then drafts one of this year's own beside it and has the chairman launch it.
 * A plan without contents is refused first. Answers the new movement.
 */
export async function launchMovement(play: Play): Promise<StoryCase> {
  const { year, people, trace } = play;
  const appraiser = await people(cast.appraiser);
  const movements = await allItems(appraiser, '/movements?state=running', movementSchema);
  const province = movements.find(({ kind }) => kind === 'thematic') ?? movements[0];
  if (province === undefined) throw new Unexpected('Tỉnh chưa có phong trào nào đang chạy', movements);
  trace.lines([
    `Phong trào đang chạy: ${province.title} (${province.planNumber}, ${province.periodFrom}–${province.periodTo})`,
  ]);

  const plan = {
    kind: 'regular',
    planDate: `${year}-01-10`,
    issuer: 'Ủy ban nhân dân tỉnh Kon Tum',
    theme: `Thi đua hoàn thành thắng lợi nhiệm vụ năm ${year} (minh họa)`,
    goal: 'Mỗi huyện, thành phố hoàn thành và hoàn thành vượt các chỉ tiêu được giao trong năm.',
    periodFrom: year,
    periodTo: year,
    standingAgencyId: province.standingAgencyId,
    focalAgencyId: province.focalAgencyId,
    targets: [
      {
        indicator: 'Mức giảm tỷ lệ hộ nghèo đa chiều trong năm',
        place: 'Toàn tỉnh',
        measure: '%/năm',
        direction: 'decrease',
        low: '3',
        high: '4',
        source: 'Minh họa, theo mục tiêu của Kế hoạch 2736/KH-UBND',
      },
    ],
  };
  const draft = await startStoryCase(play, appraiser, 'movements', {
    title: `Phong trào thi đua năm ${year} – chưa đủ nội dung`,
    what: 'soạn phong trào',
    body: {
      ...plan,
      title: `Phong trào thi đua năm ${year} – chưa đủ nội dung`,
      planNumber: `${year % 100}a/KH-UBND`,
      contents: [],
    },
  });
  const chairman = await people(cast.chairman);
  await refuseEvent(play, chairman, draft, 'LAUNCH', 'planComplete');
  await sendEvent(play, chairman, draft, 'CANCEL', 'cancelled', { reason: 'Soạn lại cho đủ nội dung.' });

  const title = `Phong trào thi đua năm ${year} (minh họa)`;
  const movement = await startStoryCase(play, appraiser, 'movements', {
    title,
    what: 'soạn phong trào',
    body: {
      ...plan,
      title,
      planNumber: `${year % 100}/KH-UBND`,
      contents: [
        {
          text: 'Các huyện, thành phố đăng ký chỉ tiêu, ký giao ước thi đua và chấm điểm trong cụm.',
          groups: ['Ủy ban nhân dân huyện, thành phố'],
        },
        { text: 'Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến.', groups: ['Tập thể', 'Cá nhân'] },
      ],
    },
  });
  await sendEvent(play, chairman, movement, 'LAUNCH', 'running');
  return movement;
}
