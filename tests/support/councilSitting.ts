import { expect } from '@jest/globals';
import type { Client, Reply, ReplyBody, TestServer } from './testServer.ts';

/** The council of the demo province: the chairman and twelve members. */
export const COUNCIL = [
  'chutich',
  ...Array.from({ length: 12 }, (_, index) => `hd.${String(index + 2).padStart(2, '0')}`),
];

interface SeatView {
  memberId: string;
  name: string;
  present: boolean | null;
}

/** A council session as a test runs it, over HTTP with the demo accounts. */
export interface Sitting {
  id: string;
  secretary: Client;
  chairman: Client;
  /** The member's office of a demo account. */
  seat(username: string): string;
  read(username?: string): Promise<ReplyBody>;
  send(type: string, payload?: object, by?: string): Promise<Reply>;
  /** Sends an event that must be taken. */
  must(type: string, payload?: object, by?: string): Promise<ReplyBody>;
  presence(username: string, present: boolean): Promise<Reply>;
  recuse(username: string, nominationId: string): Promise<Reply>;
  sheet(
    username: string,
    nominationId: string,
    points: Record<string, string>,
    handedIn?: boolean,
  ): Promise<Reply>;
  vote(username: string, nominationId: string, choice: string): Promise<Reply>;
}

/** Drafts a session over these nominations. */
export async function draftSitting(server: TestServer, nominationIds: string[]): Promise<Sitting> {
  const secretary = await server.as('hd.thuky');
  const chairman = await server.as('chutich');
  const drafted = await secretary.post('/council-sessions', { title: 'Phiên họp thử', nominationIds });
  expect([drafted.status, drafted.body.code]).toEqual([201, undefined]);
  const { id } = drafted.body;
  const seats = await seatsByUsername(server, drafted.body['members'] as SeatView[]);

  const path = `/council-sessions/${id}`;
  const seat = (username: string) => {
    const found = seats.get(username);
    if (found === undefined) throw new Error(`${username} is no member`);
    return found;
  };
  const send = async (type: string, payload: object = {}, by = 'hd.thuky') =>
    (await server.as(by)).post(`${path}/events`, { type, ...payload });
  return {
    id,
    secretary,
    chairman,
    seat,
    send,
    read: async (username = 'hd.thuky') => (await (await server.as(username)).get(path)).body,
    must: async (type, payload = {}, by = 'hd.thuky') => {
      const reply = await send(type, payload, by);
      expect([type, reply.status, reply.body.detail]).toEqual([type, 200, undefined]);
      return reply.body;
    },
    presence: (username, present) =>
      secretary.put(`${path}/presence/${seat(username)}`, {
        present,
        ...(present ? {} : { reason: 'Đi công tác' }),
      }),
    recuse: (username, nominationId) =>
      secretary.put(`${path}/cases/${nominationId}/recusals/${seat(username)}`, {
        reason: 'Công tác tại đơn vị được đề nghị',
      }),
    sheet: async (username, nominationId, points, handedIn = true) =>
      (await server.as(username)).put(`${path}/cases/${nominationId}/sheet`, { points, handedIn }),
    vote: async (username, nominationId, choice) =>
      (await server.as(username)).post(`${path}/cases/${nominationId}/votes`, { choice }),
  };
}

/** Convenes the session, with these members there, and opens it. */
export async function openSitting(sitting: Sitting, present: readonly string[] = COUNCIL): Promise<void> {
  await sitting.must('CONVENE', { date: '2018-01-10', place: 'Phòng họp số 1' });
  for (const username of present) expect((await sitting.presence(username, true)).status).toBe(200);
  await sitting.must('OPEN');
}

async function seatsByUsername(
  server: TestServer,
  members: readonly SeatView[],
): Promise<Map<string, string>> {
  const rows = await server.database
    .db('offices as o')
    .join('accounts as a', 'a.id', 'o.account_id')
    .whereIn(
      'o.id',
      members.map(({ memberId }) => memberId),
    )
    .select<{ id: string; username: string }[]>('o.id', 'a.username');
  return new Map(rows.map(({ id, username }) => [username, id]));
}
