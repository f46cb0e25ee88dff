import type { Reply, ReplyBody, TestServer } from './testServer.ts';

/** An item of a decision's envelope as a test reads it. */
export interface ItemBody {
  nominationId: string;
  awardId?: string;
  state: string;
  ready?: boolean;
  missing?: string | null;
  reason?: string | null;
  recipient: { name: string };
  goldenBook: { awardId: string; bookYear: number; bookNumber: number; publicCode: string } | null;
  revoked: boolean;
  revokedBy: { id: string; number: string; date: string } | null;
  correctedBy: { id: string; number: string; date: string; recipientName: string } | null;
}

/** The items of an envelope. */
export function itemsOf(body: ReplyBody): ItemBody[] {
  return body.items as unknown as ItemBody[];
}

/** Drafts an award decision over these cases as the records clerk. */
export async function draftAward(
  server: TestServer,
  nominationIds: readonly string[],
  title = 'Về việc tặng Bằng khen',
): Promise<Reply> {
  const clerk = await server.as('snv.vanthu');
  return clerk.post('/decisions', {
    kind: 'award',
    title,
    items: nominationIds.map((nominationId) => ({ nominationId })),
  });
}

/** Brings a draft to its signature: submitted by the agency's head, signed by the chairman. */
export async function signDecision(server: TestServer, id: string): Promise<void> {
  const head = await server.as('snv.lanhdao');
  const chairman = await server.as('chutich');
  const path = `/decisions/${id}/events`;
  expectOk(await head.post(path, { type: 'SUBMIT_FOR_SIGNATURE' }));
  expectOk(await chairman.post(path, { type: 'SIGN', signatory: 'Nguyễn Văn Chủ', capacity: 'CHỦ TỊCH' }));
}

/** Issues a signed decision as the clerk of the office. */
export async function issueDecision(
  server: TestServer,
  id: string,
  number: string,
  date = '2018-01-02',
): Promise<Reply> {
  const issuer = await server.as('vpub.vanthu');
  return issuer.post(`/decisions/${id}/events`, { type: 'ISSUE', number, date });
}

/** An issued award decision over these cases. */
export async function issuedAward(
  server: TestServer,
  nominationIds: readonly string[],
  number: string,
): Promise<ReplyBody> {
  const drafted = expectOk(await draftAward(server, nominationIds));
  await signDecision(server, drafted.id);
  return expectOk(await issueDecision(server, drafted.id, number));
}

/** The answer's body; throws what the server said where it is no success. */
export function expectOk({ status, body }: Reply): ReplyBody {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}
