import { z } from 'zod';
import { expect, expectSame } from './failures.ts';
import type { Person } from './people.ts';
import type { Play } from './play.ts';

/** What all cases have in common over HTTP; each collection's own fields stand beside these. */
export const caseSchema = z.looseObject({
  id: z.uuid(),
  workflow: z.looseObject({
    name: z.string(),
    state: z.string(),
    revision: z.int(),
    finished: z.boolean(),
    label: z.object({ vi: z.string(), en: z.string() }),
    allowedEvents: z.array(z.looseObject({ type: z.string() })),
  }),
});
export type CaseBody = z.output<typeof caseSchema>;

/** A case of this year, with the state in which the play saw it last. */
export interface StoryCase {
  collection: string;
  id: string;
  /** What it is called in the trace. */
  title: string;
  seen: CaseBody['workflow'];
}

/** Starts a case: posts to its collection. */
export async function startStoryCase(
  { trace, cases }: Play,
  who: Person,
  collection: string,
  { title, what, body }: { title: string; what: string; body: object },
): Promise<StoryCase> {
  const made = await who.post(`/${collection}`, body, caseSchema);
  trace.step(name(who), `${what}: ${title}`, made.workflow.label.vi);
  const started = { collection, id: made.id, title, seen: made.workflow };
  cases.push(started);
  return started;
}

/** Sends an event, which must lead to the state `expected`; answers the case as it is then. */
export async function sendEvent(
  { trace, labelOf }: Play,
  who: Person,
  about: StoryCase,
  type: string,
  expected: string,
  payload: object = {},
): Promise<CaseBody> {
  const before = about.seen.label.vi;
  const after = await who.post(`/${about.collection}/${about.id}/events`, { type, ...payload }, caseSchema);
  about.seen = after.workflow;
  trace.step(
    name(who),
    `${labelOf(after.workflow.name, type)}: ${about.title}`,
    before === after.workflow.label.vi ? before : `${before} → ${after.workflow.label.vi}`,
  );
  expectSame(after.workflow.state, expected, `Sau ${type}, "${about.title}" ở trạng thái khác`);
  return after;
}

/** Sends an event that must be refused as not allowed now, with `fact` among what is missing. */
export async function refuseEvent(
  { trace, labelOf }: Play,
  who: Person,
  about: StoryCase,
  type: string,
  fact: string,
  payload: object = {},
): Promise<void> {
  const path = `/${about.collection}/${about.id}/events`;
  const request = { method: 'POST', path, body: { type, ...payload } } as const;
  const problem = await who.refused(request, 409, 'event-not-allowed');
  const missing = (problem.missing ?? []).map((each) => each.fact);
  expect(missing.includes(fact), `Từ chối ${type} nhưng không nêu điều còn thiếu "${fact}"`, problem);
  trace.step(
    name(who),
    `${labelOf(about.seen.name, type)}: ${about.title}`,
    `bị từ chối 409: ${problem.detail}`,
  );
}

/** Reads a case again, where another case has moved it; it must be in the state `expected`. */
export async function seeMoved(
  { trace }: Play,
  who: Person,
  about: StoryCase,
  expected: string,
): Promise<CaseBody> {
  const before = about.seen.label.vi;
  const body = await who.get(`/${about.collection}/${about.id}`, caseSchema);
  about.seen = body.workflow;
  expectSame(body.workflow.state, expected, `"${about.title}" ở trạng thái khác`);
  if (before !== body.workflow.label.vi)
    trace.lines([`   ↳ ${about.title}: ${before} → ${body.workflow.label.vi}`]);
  return body;
}

/** Somebody in the trace: office and username. */
export function name({ title, username }: Person): string {
  return `${title} (${username})`;
}
