import { z } from 'zod';
import { cast } from './cast.ts';
import type { Dossier } from './dossier.ts';
import { expect } from './failures.ts';
import { allItems } from './people.ts';
import type { Play } from './play.ts';
import { name, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';

/** A case that the council did not approve cannot be put on a decision, however the list is written. */
export async function refuseOnDecision(
  play: Play,
  approved: readonly Dossier[],
  refused: Dossier,
): Promise<void> {
  const clerk = await play.people(cast.recordsClerk);
  const items = [...approved, refused].map(({ id }) => ({ nominationId: id }));
  const body = { kind: 'award', title: `Quyết định khen thưởng năm ${play.year} (thử)`, items };
  const problem = await clerk.refused({ method: 'POST', path: '/decisions', body }, 422, 'invalid-input');
  const pointer = `/items/${approved.length}/nominationId`;
  const found = problem.errors?.find((error) => error.pointer === pointer);
  expect(
    found !== undefined && problem.errors?.length === 1,
    `Lời từ chối không chỉ đúng ${pointer}`,
    problem,
  );
  play.trace.step(
    name(clerk),
    `đưa vào dự thảo quyết định: ${refused.title}`,
    `bị từ chối 422: ${found.message}`,
  );
}

/** A draft of an award or a revocation. */
export async function draftDecision(
  play: Play,
  draft: { kind: 'award' | 'revocation'; title: string; items: readonly object[] },
): Promise<StoryCase> {
  const clerk = await play.people(cast.recordsClerk);
  const what = `dự thảo quyết định ${draft.items.length} mục`;
  return startStoryCase(play, clerk, 'decisions', { title: draft.title, what, body: draft });
}

/** The head of the agency submits a draft for signature. */
export async function submitDecision(play: Play, decision: StoryCase): Promise<void> {
  const head = await play.people(cast.agencyHead);
  await sendEvent(play, head, decision, 'SUBMIT_FOR_SIGNATURE', 'awaitingSignature');
}

/** The chairman sends it back once. */
export async function returnDecision(play: Play, decision: StoryCase): Promise<void> {
  const chairman = await play.people(cast.chairman);
  await sendEvent(play, chairman, decision, 'RETURN', 'draft', {
    reason: 'Ghi rõ căn cứ là biên bản họp Hội đồng.',
  });
}

/** The chairman signs, the clerk gives the next number of the year and issues; answers number and date. */
export async function signAndIssue(
  play: Play,
  decision: StoryCase,
): Promise<{ number: string; date: string }> {
  const chairman = await play.people(cast.chairman);
  const signature = { signatory: chairman.title, capacity: 'CHỦ TỊCH' };
  await sendEvent(play, chairman, decision, 'SIGN', 'signed', signature);
  const issue = { number: await nextNumber(play), date: await play.clock.today() };
  const clerk = await play.people(cast.issuingClerk);
  await sendEvent(play, clerk, decision, 'ISSUE', 'issued', issue);
  play.trace.lines([`Số ${issue.number} ngày ${issue.date}`]);
  return issue;
}

/** One more than the highest number of the year's decisions so far. */
async function nextNumber(play: Play): Promise<string> {
  const clerk = await play.people(cast.issuingClerk);
  const issued = z.looseObject({ number: z.string().nullable(), year: z.int().nullable() });
  const numbers = (await allItems(clerk, '/decisions?state=issued', issued))
    .filter(({ year }) => year === play.year)
    .map(({ number }) => Number.parseInt(number ?? '0', 10));
  return `${Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1}/QĐ-UBND`;
}
