import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  awards,
  completeDossier,
  draft,
  moveTo,
  must,
  openDeadlines,
  send,
  submitted,
  uploadPdf,
  vote,
} from '../../support/nominations.ts';
import { publishPack } from '../../support/publishPack.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

const VOTERS = ['kontum', 'dakha', 'dakto', 'iahdrai', 'konplong', 'konray', 'ngochoi', 'sathay', 'tumorong'];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const appraiser = 'snv.chuyenvien';
const running = (kind: string, due_on: string) => ({ kind, due_on, paused_on: null });
const standing = (kind: string, due_on: string, paused_on: string) => ({ kind, due_on, paused_on });

// Time only moves forward, so the tests stand in the order of their days: Tuesday, 2 January 2018 first.

describe('the way of an award', () => {
  test('with a cluster vote and a council leads from the draft before the council', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    expect(await openDeadlines(server, id)).toEqual([running('clusterReview', '2018-01-16')]);
    await vote(server, id, VOTERS, 'yes');
    await must(server, 'dakha.lanhdao', id, 'CLOSE_CLUSTER_REVIEW');
    expect(await openDeadlines(server, id)).toEqual([running('appraisal', '2018-02-06')]);
    const passed = await must(server, appraiser, id, 'PASS_APPRAISAL', { summary: 'Đủ điều kiện' });
    expect(passed.workflow.state).toBe('councilReview');
    expect(await openDeadlines(server, id)).toEqual([]);

    const reply = await (await server.as('hd.02')).get(`/nominations/${id}/history`);
    expect(reply.body.items.map(({ type, toState }) => [type, toState])).toEqual([
      ['CREATED', 'draft'],
      ...Array.from({ length: 3 }, () => ['documentAdded', 'draft']),
      ['SUBMIT', 'clusterReview'],
      ...VOTERS.map(() => ['CAST_CLUSTER_VOTE', 'clusterReview']),
      ['CLOSE_CLUSTER_REVIEW', 'appraisal'],
      ['PASS_APPRAISAL', 'councilReview'],
    ]);
  });

  test('with neither leads through the appraisal to the decision', async () => {
    const id = await submitted(server, 'mttq', awards.plain);
    expect((await must(server, appraiser, id, 'PASS_APPRAISAL')).workflow.state).toBe('awaitingDecision');
    expect(await openDeadlines(server, id)).toEqual([running('decision', '2018-01-16')]);
    for (const username of ['chutich', 'snv.vanthu', 'vpub.vanthu', 'thanhtra', 'hd.02']) {
      const reply = await (await server.as(username)).get(`/nominations/${id}`);
      expect([username, reply.status]).toEqual([username, 200]);
    }
    expect((await send(server, 'chutich', id, 'FORWARD', letter)).status).toBe(409);
    expect((await send(server, 'chutich', id, 'AWARD', { decisionId: id })).status).toBe(403);
  });

  test('ends with the reason where the appraisal fails', async () => {
    const id = await submitted(server, 'mttq', awards.plain);
    expect((await send(server, appraiser, id, 'FAIL_APPRAISAL')).body.errors).toEqual([
      { pointer: '/reason', message: 'Bắt buộc nhập.' },
    ]);
    const failed = await must(server, appraiser, id, 'FAIL_APPRAISAL', { reason: 'Sai đối tượng' });
    expect(failed.workflow).toMatchObject({ state: 'ineligible', finished: true });
    expect(await openDeadlines(server, id)).toEqual([]);
  });

  test('is left by the unit’s leader, with every deadline', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    expect((await send(server, 'dakglei.canbo', id, 'WITHDRAW', { reason: 'Rút' })).status).toBe(403);
    await must(server, appraiser, id, 'HOLD', { reason: 'Xác minh' });
    const left = await must(server, 'dakglei.lanhdao', id, 'WITHDRAW', { reason: 'Rút' });
    expect(left.workflow.state).toBe('withdrawn');
    expect(await openDeadlines(server, id)).toEqual([]);
    expect((await (await server.as('dakha.lanhdao')).get(`/nominations/${id}`)).status).toBe(404);
  });
});

const letter = { letterNumber: '12/TTr-UBND', letterDate: '2018-01-02' };

describe('a dossier that is returned', () => {
  test('goes back to who asked, with the days that were left', async () => {
    const fromCluster = await submitted(server, 'dakglei', awards.cluster);
    const fromAppraisal = await submitted(server, 'mttq', awards.plain);
    expect(await openDeadlines(server, fromAppraisal)).toEqual([running('appraisal', '2018-02-06')]);

    await moveTo(server, '2018-01-05');
    const asked = { reason: 'Thiếu số liệu', items: ['Bảng số liệu năm 2017'] };
    expect((await send(server, appraiser, fromCluster, 'RETURN', asked)).status).toBe(409);
    expect((await send(server, 'dakha.lanhdao', fromAppraisal, 'RETURN', asked)).status).toBe(404);
    await must(server, 'dakha.lanhdao', fromCluster, 'RETURN', asked);
    await must(server, appraiser, fromAppraisal, 'RETURN', asked);
    expect(await openDeadlines(server, fromCluster)).toEqual([
      standing('clusterReview', '2018-01-16', '2018-01-05'),
      running('supplement', '2018-01-19'),
    ]);
    expect(await openDeadlines(server, fromAppraisal)).toEqual([
      standing('appraisal', '2018-02-06', '2018-01-05'),
      running('supplement', '2018-01-19'),
    ]);

    await moveTo(server, '2018-01-10');
    const officer = await server.as('mttq.canbo');
    const fileId = await uploadPdf(officer, 'số liệu bổ sung');
    const path = `/nominations/${fromAppraisal}`;
    expect((await officer.put(`${path}/documents/achievement_report`, { fileId })).status).toBe(200);
    expect((await officer.put(path, { achievement: 'Thành tích có số liệu' })).status).toBe(200);
    const back = await must(server, 'mttq.lanhdao', fromAppraisal, 'RESUBMIT');
    expect([back.workflow.state, back['receivedOn']]).toEqual(['appraisal', '2018-01-02']);
    // 22 working days were left on the 5th, and 22 follow the 10th.
    expect(await openDeadlines(server, fromAppraisal)).toEqual([running('appraisal', '2018-02-09')]);

    const again = await must(server, 'dakglei.lanhdao', fromCluster, 'RESUBMIT');
    expect(again.workflow.state).toBe('clusterReview');
    expect(await openDeadlines(server, fromCluster)).toEqual([running('clusterReview', '2018-01-19')]);
  });
});

describe('a case on hold', () => {
  test('stands still and runs on from where it was, with the days that were left', async () => {
    const id = await submitted(server, 'mttq', awards.plain);
    expect(await openDeadlines(server, id)).toEqual([running('appraisal', '2018-02-21')]);
    await moveTo(server, '2018-01-12');
    const held = await must(server, 'snv.lanhdao', id, 'HOLD', { reason: 'Chờ kết luận thanh tra' });
    expect(held.workflow.state).toBe('onHold');
    expect(await openDeadlines(server, id)).toEqual([standing('appraisal', '2018-02-21', '2018-01-12')]);
    expect((await send(server, appraiser, id, 'PASS_APPRAISAL')).status).toBe(409);
    await moveTo(server, '2018-02-12');
    const released = await must(server, appraiser, id, 'RELEASE');
    expect(released.workflow.state).toBe('appraisal');
    // 23 working days were left; Tết (14 to 20 February) takes five of those that follow.
    expect(await openDeadlines(server, id)).toEqual([running('appraisal', '2018-03-22')]);
    await must(server, appraiser, id, 'PASS_APPRAISAL');
    await must(server, appraiser, id, 'HOLD', { reason: 'Có đơn thư' });
    expect((await must(server, appraiser, id, 'RELEASE')).workflow.state).toBe('awaitingDecision');
  });
});

describe('an award of the higher level', () => {
  test('is forwarded and, once granted, stands in the golden book under the higher document', async () => {
    await publishPack(server, (pack) => ({
      ...pack,
      validFrom: '2018-02-01',
      validTo: '2018-02-28',
      awards: pack.awards.map((award) =>
        award.code === awards.higher ? { ...award, route: { ...award.route, council: null } } : award,
      ),
    }));
    const ids = [
      await submitted(server, 'mttq', awards.higher),
      await submitted(server, 'mttq', awards.higher),
    ];
    for (const id of ids) {
      await must(server, appraiser, id, 'PASS_APPRAISAL');
      const forwarded = await must(server, 'chutich', id, 'FORWARD', letter);
      expect(forwarded.workflow.state).toBe('awaitingHigherDecision');
      expect(await openDeadlines(server, id)).toEqual([]);
    }
    const [granted = '', refused = ''] = ids;
    const document = { authority: 'Thủ tướng Chính phủ', number: '99/QĐ-TTg', date: '2018-02-12' };
    const record = (id: string, payload: object) =>
      must(server, 'snv.vanthu', id, 'RECORD_HIGHER_DECISION', { ...document, ...payload });
    expect(
      (await send(server, appraiser, granted, 'RECORD_HIGHER_DECISION', { granted: 'yes', ...document }))
        .status,
    ).toBe(403);

    for (const date of ['2018-02-11', '2018-02-13', '9999-12-31']) {
      const body = { ...document, granted: 'yes', date };
      const slip = await send(server, 'snv.vanthu', granted, 'RECORD_HIGHER_DECISION', body);
      expect([date, slip.status, slip.body.errors.map(({ pointer }) => pointer)]).toEqual([
        date,
        422,
        ['/date'],
      ]);
    }

    expect(await record(granted, { granted: 'yes' })).toMatchObject({
      higherDecision: { ...document, granted: true, reason: null },
      workflow: { state: 'awarded', finished: true },
    });
    expect(await record(refused, { granted: 'no', reason: 'Chưa đủ thời gian' })).toMatchObject({
      higherDecision: { ...document, granted: false, reason: 'Chưa đủ thời gian' },
      workflow: { state: 'notApproved', finished: true },
    });
    const book = await server.database
      .db('awards')
      .whereIn('nomination_id', ids)
      .select('nomination_id', 'decision_id', 'decision_number', 'decided_on', 'authority');
    expect(book).toEqual([
      {
        nomination_id: granted,
        decision_id: null,
        decision_number: document.number,
        decided_on: document.date,
        authority: document.authority,
      },
    ]);
  });
});

describe('the rules of the day', () => {
  test('are those of the day of reception: a draft of rules that have ended cannot be submitted', async () => {
    const { id } = await draft(server, 'mttq', awards.plain);
    await completeDossier(server, 'mttq', id, awards.plain);
    await moveTo(server, '2018-03-01');
    const late = await send(server, 'mttq.lanhdao', id, 'SUBMIT');
    expect([late.status, late.body.missing.map(({ fact }) => fact)]).toEqual([409, ['ruleInForce']]);
    await submitted(server, 'mttq', awards.plain);
  });

  test('are never those of a neighbouring pack', async () => {
    await moveTo(server, '2026-10-01');
    const officer = await server.as('mttq.canbo');
    const [office] = (await officer.get('/me')).body['offices'] as { unitId: string }[];
    const reply = await officer.post('/nominations', {
      awardCode: awards.plain,
      unitId: office?.unitId,
      year: 2026,
      subjectType: 'collective',
      subjectName: 'Tập thể',
      achievement: 'Thành tích',
    });
    expect([reply.status, reply.body.code]).toEqual([409, 'no-rule-in-force']);
  });
});
