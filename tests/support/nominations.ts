import { formWith, samples } from './sampleFiles.ts';
import type { Client, Reply, ReplyBody, TestServer } from './testServer.ts';

/** Awards of the demo pack by the way they go. */
export const awards = {
  /** Cluster vote, council sheet, open vote. */
  cluster: 'provincial_emulation_flag',
  /** Council sheet only. */
  scores: 'excellent_labour_collective',
  /** Council vote, then the higher level. */
  higher: 'government_emulation_flag',
  /** Neither cluster nor council. */
  plain: 'merit_certificate_province',
} as const;

const COMPONENTS: Record<string, readonly string[]> = {
  [awards.cluster]: ['submission_letter', 'achievement_report', 'review_minutes_title'],
  [awards.scores]: ['submission_letter', 'achievement_report', 'review_minutes_title'],
  [awards.higher]: ['submission_letter', 'achievement_report', 'review_minutes_title'],
  [awards.plain]: ['submission_letter', 'achievement_report', 'review_minutes_award'],
};

/** The id of a unit of the demo province. */
export async function unitId(server: TestServer, code: string): Promise<string> {
  const row = await server.database.db<{ id: string; code: string }>('units').where({ code }).first();
  if (row === undefined) throw new Error(`the demo province has no ${code}`);
  return row.id;
}

/** Drafts a nomination of this unit for this award, as its officer. */
export async function draft(
  server: TestServer,
  unit: string,
  award: string,
  overrides: object = {},
): Promise<ReplyBody> {
  const officer = await server.as(`${unit}.canbo`);
  const reply = await officer.post('/nominations', {
    awardCode: award,
    unitId: await unitId(server, unit),
    year: 2018,
    subjectType: 'collective',
    subjectName: 'Tập thể thử nghiệm',
    achievement: 'Thành tích thử nghiệm',
    ...overrides,
  });
  return expectStatus(reply, 201);
}

/** Uploads a PDF; answers the file's id. */
export async function uploadPdf(client: Client, text: string): Promise<string> {
  return expectStatus(await client.post('/files', formWith(samples.pdf(text), 'Tài liệu.pdf')), 201).id;
}

/** Gives a draft every document that its award asks for. */
export async function completeDossier(
  server: TestServer,
  unit: string,
  id: string,
  award: string,
): Promise<void> {
  const officer = await server.as(`${unit}.canbo`);
  for (const component of COMPONENTS[award] ?? []) {
    const fileId = await uploadPdf(officer, component);
    expectStatus(await officer.put(`/nominations/${id}/documents/${component}`, { fileId }), 200);
  }
}

/** A nomination that its leader has just submitted. */
export async function submitted(
  server: TestServer,
  unit: string,
  award: string,
  overrides: object = {},
): Promise<string> {
  const { id } = await draft(server, unit, award, overrides);
  await completeDossier(server, unit, id, award);
  await must(server, `${unit}.lanhdao`, id, 'SUBMIT');
  return id;
}

/** Sends an event to a nomination as that account. */
export async function send(
  server: TestServer,
  username: string,
  id: string,
  type: string,
  payload: object = {},
  headers: Record<string, string> = {},
): Promise<Reply> {
  return (await server.as(username)).post(`/nominations/${id}/events`, { type, ...payload }, headers);
}

/** Sends an event that has to succeed; answers the new envelope. */
export async function must(
  server: TestServer,
  username: string,
  id: string,
  type: string,
  payload: object = {},
): Promise<ReplyBody> {
  return expectStatus(await send(server, username, id, type, payload), 200);
}

/** Votes of these units, each by its officer. */
export async function vote(
  server: TestServer,
  id: string,
  units: readonly string[],
  choice: 'yes' | 'no' | 'abstain',
): Promise<void> {
  for (const unit of units) await must(server, `${unit}.canbo`, id, 'CAST_CLUSTER_VOTE', { choice });
}

/** Moves domain time forward to that Vietnamese day, eight in the morning. */
export async function moveTo(server: TestServer, day: string): Promise<void> {
  const admin = await server.as('admin');
  expectStatus(await admin.put('/demo/clock', { now: `${day}T01:00:00Z` }), 200);
}

/** The open deadlines of a case: kind, due day, and since when it stands still. */
export function openDeadlines(server: TestServer, id: string) {
  return server.database
    .db('deadlines')
    .where({ instance_id: id })
    .whereNull('closed_on')
    .orderBy('kind')
    .select<{ kind: string; due_on: string; paused_on: string | null }[]>('kind', 'due_on', 'paused_on');
}

function expectStatus({ status, body }: Reply, expected: number): ReplyBody {
  if (status !== expected) throw new Error(`${status} instead of ${expected}: ${JSON.stringify(body)}`);
  return body;
}
