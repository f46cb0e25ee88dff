import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awards, moveTo, must, send, submitted, unitId, vote } from '../../support/nominations.ts';
import { startTestServer, type Reply, type ReplyBody, type TestServer } from '../../support/testServer.ts';

/** The nine who vote on a case of Đăk Glei; dakha leads the cluster, ngochoi is its deputy. */
const VOTERS = ['kontum', 'dakha', 'dakto', 'iahdrai', 'konplong', 'konray', 'ngochoi', 'sathay', 'tumorong'];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const see = async (username: string, id: string) =>
  (await (await server.as(username)).get(`/nominations/${id}`)).body;
const voteOf = (body: ReplyBody) => body['clusterVote'] as Record<string, unknown>;
const eventsOf = (body: ReplyBody) => body.workflow.allowedEvents.map(({ type }) => type);
const missingOf = ({ status, body }: Reply) => [status, body.code, body.missing.map(({ fact }) => fact)];
const storedResult = (id: string) =>
  server.database
    .db('cluster_vote_results')
    .where({ nomination_id: id })
    .first('yes', 'base', 'needed', 'passed');

describe('the cluster’s vote', () => {
  test('passes at exactly six of nine and goes on to the appraisal', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await vote(server, id, VOTERS.slice(0, 6), 'yes');
    await vote(server, id, VOTERS.slice(6, 8), 'no');
    expect(missingOf(await send(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW'))).toEqual([
      409,
      'event-not-allowed',
      ['clusterVoteClosable'],
    ]);
    await vote(server, id, VOTERS.slice(8), 'abstain');
    const closed = await must(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW');
    expect(closed.workflow.state).toBe('appraisal');
    expect(voteOf(closed)).toMatchObject({
      result: { yes: 6, no: 2, abstain: 1, base: 9, needed: 6, passed: true },
    });
    expect(await storedResult(id)).toEqual({ yes: 6, base: 9, needed: 6, passed: true });
  });

  test('fails at five of nine: an abstention is not a yes', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await vote(server, id, VOTERS.slice(0, 5), 'yes');
    await vote(server, id, VOTERS.slice(5), 'abstain');
    const closed = await must(server, 'dakha.canbo', id, 'CLOSE_CLUSTER_REVIEW');
    expect([closed.workflow.state, closed.workflow.finished]).toEqual(['declined', true]);
    expect(await storedResult(id)).toEqual({ yes: 5, base: 9, needed: 6, passed: false });
  });

  test('takes one vote of each unit, whoever of it sends the second', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    expect(eventsOf(await see('kontum.lanhdao', id))).toEqual(['CAST_CLUSTER_VOTE']);
    await vote(server, id, ['kontum'], 'yes');
    expect(eventsOf(await see('kontum.lanhdao', id))).toEqual([]);
    const second = await send(server, 'kontum.lanhdao', id, 'CAST_CLUSTER_VOTE', { choice: 'no' });
    expect(missingOf(second)).toEqual([409, 'event-not-allowed', ['notYetVoted']]);
  });

  test('is not the unit’s own, and not another cluster’s, which does not even see the case', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    const cast = async (username: string) =>
      (await send(server, username, id, 'CAST_CLUSTER_VOTE', { choice: 'yes' })).status;
    expect(await cast('dakglei.lanhdao')).toBe(403);
    expect(await cast('sokhdt.lanhdao')).toBe(404);
    expect(await cast('snv.chuyenvien')).toBe(403);
    expect((await send(server, 'sokhdt.lanhdao', id, 'CLOSE_CLUSTER_REVIEW')).status).toBe(404);
    expect((await send(server, 'kontum.lanhdao', id, 'CLOSE_CLUSTER_REVIEW')).status).toBe(403);
  });

  test('on the lead’s own case is closed by the deputy, never by the lead', async () => {
    const id = await submitted(server, 'dakha', awards.cluster);
    const voters = ['dakglei', ...VOTERS.filter((unit) => unit !== 'dakha')];
    await vote(server, id, voters, 'yes');
    expect((await send(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW')).status).toBe(403);
    const closed = await must(server, 'ngochoi.lanhdao', id, 'CLOSE_CLUSTER_REVIEW');
    expect(closed.workflow.state).toBe('appraisal');
    expect(await storedResult(id)).toEqual({ yes: 9, base: 9, needed: 6, passed: true });
  });

  test('keeps choices to the voters until it is closed, and voters to the lead and the agency', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await must(server, 'kontum.canbo', id, 'CAST_CLUSTER_VOTE', { choice: 'no', reason: 'Chưa đạt' });
    const kontum = await unitId(server, 'kontum');
    const open = async (username: string) => voteOf(await see(username, id))['votes'];
    const own = { unitId: kontum, unitName: 'Thành phố Kon Tum', castAt: expect.any(String) };
    expect(await open('kontum.lanhdao')).toEqual([{ ...own, choice: 'no', reason: 'Chưa đạt' }]);
    expect(await open('dakha.lanhdao')).toEqual([own]);
    expect(await open('snv.chuyenvien')).toEqual([own]);
    expect(await open('sathay.canbo')).toEqual([]);
    expect(await open('dakglei.lanhdao')).toEqual([]);
    expect(voteOf(await see('dakglei.lanhdao', id))).toMatchObject({ voted: 1, base: 9, needed: 6 });

    const entry = async (username: string) => {
      const reply = await (await server.as(username)).get(`/nominations/${id}/history`);
      const last = reply.body.items.at(-1);
      return [last?.['actor'] === null, last?.['detail']];
    };
    const words = { choice: 'no', reason: 'Chưa đạt' };
    expect(await entry('kontum.canbo')).toEqual([false, words]);
    expect(await entry('dakglei.lanhdao')).toEqual([true, null]);
    expect(await entry('sathay.canbo')).toEqual([true, null]);
    expect(await entry('dakha.lanhdao')).toEqual([false, null]);

    await vote(server, id, VOTERS.slice(1), 'yes');
    await must(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW');
    const closed = async (username: string) => voteOf(await see(username, id))['votes'];
    expect(await closed('snv.chuyenvien')).toContainEqual({ ...own, choice: 'no', reason: 'Chưa đạt' });
    expect(await closed('dakglei.lanhdao')).toEqual([]);
    expect(voteOf(await see('dakglei.lanhdao', id))['result']).toMatchObject({ yes: 8, no: 1, abstain: 0 });
  });

  test('of all units at once counts every one of them', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    const replies = await Promise.all(
      VOTERS.map((unit) => send(server, `${unit}.canbo`, id, 'CAST_CLUSTER_VOTE', { choice: 'yes' })),
    );
    expect(replies.map(({ status }) => status)).toEqual(VOTERS.map(() => 200));
    expect(voteOf(await see('dakha.canbo', id))).toMatchObject({ voted: 9 });
  });

  test('is about the recipient that it names: whoever is returned cannot become somebody else', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    const officer = await server.as('dakglei.canbo');
    await vote(server, id, VOTERS.slice(0, 1), 'yes');
    await must(server, 'dakha.lanhdao', id, 'RETURN', { reason: 'Bổ sung số liệu' });
    for (const change of [{ subjectName: 'Tập thể khác' }, { year: 2017 }]) {
      const refused = await officer.put(`/nominations/${id}`, change);
      expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    }
    const same = { subjectName: 'Tập thể thử nghiệm', year: 2018, achievement: 'Thêm số liệu' };
    expect((await officer.put(`/nominations/${id}`, same)).status).toBe(200);
    expect((await must(server, 'dakglei.lanhdao', id, 'RESUBMIT')).workflow.state).toBe('clusterReview');
  });

  test('is write-once in the database too', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    await vote(server, id, ['kontum'], 'yes');
    const votes = () => server.database.db('cluster_votes').where({ nomination_id: id });
    await expect(votes().update({ choice: 'no' })).rejects.toThrow();
    await expect(votes().delete()).rejects.toThrow();
  });

  // Moves the clock, so it stands last.
  test('after the deadline is closed without the silent, who count as nothing', async () => {
    const passing = await submitted(server, 'dakglei', awards.cluster);
    const failing = await submitted(server, 'dakglei', awards.cluster);
    await vote(server, passing, VOTERS.slice(0, 6), 'yes');
    await vote(server, failing, VOTERS.slice(0, 5), 'yes');
    expect(voteOf(await see('dakha.lanhdao', passing))['dueOn']).toBe('2018-01-16');

    await moveTo(server, '2018-01-16');
    expect(missingOf(await send(server, 'dakha.lanhdao', passing, 'CLOSE_CLUSTER_REVIEW'))).toEqual([
      409,
      'event-not-allowed',
      ['clusterVoteClosable'],
    ]);
    await moveTo(server, '2018-01-17');
    const states = [];
    for (const id of [passing, failing]) {
      states.push((await must(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW')).workflow.state);
    }
    expect(states).toEqual(['appraisal', 'declined']);
    expect(await storedResult(failing)).toEqual({ yes: 5, base: 9, needed: 6, passed: false });
  });
});
