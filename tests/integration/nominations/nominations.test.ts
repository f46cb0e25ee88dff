import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  awards,
  completeDossier,
  draft,
  must,
  send,
  submitted,
  unitId,
  uploadPdf,
} from '../../support/nominations.ts';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type ReplyBody, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const eventsOf = (body: ReplyBody) => body.workflow.allowedEvents.map(({ type }) => type);

describe('a draft', () => {
  test('pins the pack of the day and says in words what way it goes and what it lacks', async () => {
    const body = await draft(server, 'dakglei', awards.cluster);
    expect(body).toMatchObject({
      awardCode: awards.cluster,
      awardName: { vi: 'Cờ thi đua của Ủy ban nhân dân tỉnh' },
      authority: { code: 'province_chair', name: { vi: 'Chủ tịch Ủy ban nhân dân tỉnh' } },
      rulePack: { code: 'luat-2003', version: 1 },
      route: { clusterVote: true, council: { scores: true, vote: 'open' }, higher: null },
      unitName: 'Huyện Đăk Glei',
      receivedOn: null,
      missingDocuments: [
        { code: 'submission_letter', name: { vi: 'Tờ trình đề nghị' } },
        { code: 'achievement_report', name: { vi: 'Báo cáo thành tích' } },
        { code: 'review_minutes_title', name: { vi: 'Biên bản bình xét thi đua' } },
      ],
      clusterVote: { base: 9, needed: 6, quorum: 6, voted: 0, votes: [], result: null },
      workflow: { state: 'draft', revision: 1 },
    });
  });

  test.each([
    ['an award the pack does not offer', { awardCode: 'no_such_award' }, '/awardCode'],
    ['an award for other recipients', { subjectType: 'individual' }, '/awardCode'],
    ['an unknown unit', { unitId: '01a20e3b-4dfd-77d1-8edb-857f6a5a0000' }, '/unitId'],
    ['an unknown movement', { movementId: '01a20e3b-4dfd-77d1-8edb-857f6a5a0000' }, '/movementId'],
    ['an empty name', { subjectName: ' ' }, '/subjectName'],
    ['a field of no name', { award: 'x' }, '/award'],
  ])('with %s is invalid input', async (_what, wrong, pointer) => {
    const officer = await server.as('dakglei.canbo');
    const reply = await officer.post('/nominations', {
      awardCode: awards.cluster,
      unitId: await unitId(server, 'dakglei'),
      year: 2018,
      subjectType: 'collective',
      subjectName: 'Tập thể',
      achievement: 'Thành tích',
      ...wrong,
    });
    expect([reply.status, reply.body.errors.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });

  test('may name a movement that was launched, not one that is only planned', async () => {
    const movementId = await draftMovement(server);
    await expect(draft(server, 'dakglei', awards.plain, { movementId })).rejects.toThrow('/movementId');
    const chairman = await server.as('chutich');
    await chairman.post(`/movements/${movementId}/events`, { type: 'LAUNCH' });
    expect(await draft(server, 'dakglei', awards.plain, { movementId })).toMatchObject({ movementId });
  });

  test('is made by the unit alone', async () => {
    const foreign = await server.as('dakha.canbo');
    const body = {
      awardCode: awards.plain,
      unitId: await unitId(server, 'dakglei'),
      year: 2018,
      subjectType: 'collective',
      subjectName: 'Tập thể',
      achievement: 'Thành tích',
    };
    expect((await foreign.post('/nominations', body)).status).toBe(403);
    expect((await (await server.as('snv.chuyenvien')).post('/nominations', body)).status).toBe(403);
  });

  test('is seen by its unit and nobody else', async () => {
    const { id } = await draft(server, 'dakglei', awards.cluster);
    const seenBy = async (username: string) =>
      (await (await server.as(username)).get(`/nominations/${id}`)).status;
    expect(await seenBy('dakglei.lanhdao')).toBe(200);
    for (const username of [
      'dakha.lanhdao',
      'kontum.canbo',
      'sokhdt.canbo',
      'snv.chuyenvien',
      'chutich',
      'admin',
    ]) {
      expect([username, await seenBy(username)]).toEqual([username, 404]);
    }
  });
});

describe('changing a draft', () => {
  test('records what is new and moves the revision; what is not new changes nothing', async () => {
    const { id } = await draft(server, 'dakglei', awards.plain);
    const officer = await server.as('dakglei.canbo');
    const changed = await officer.put(`/nominations/${id}`, { subjectName: 'Tên mới', year: 2018 });
    expect([changed.status, changed.body['subjectName'], changed.body.workflow.revision]).toEqual([
      200,
      'Tên mới',
      2,
    ]);
    const { body } = await officer.get(`/nominations/${id}/history`);
    expect(body.items.at(-1)).toMatchObject({
      kind: 'fact',
      type: 'nominationChanged',
      detail: { changed: { subjectName: 'Tên mới' } },
    });
    expect((await officer.put(`/nominations/${id}`, { subjectName: 'Tên mới' })).body.workflow.revision).toBe(
      2,
    );
  });

  test('refuses a recipient whom the award is not for, a stale revision and fields that are pinned', async () => {
    const { id } = await draft(server, 'dakglei', awards.cluster);
    const officer = await server.as('dakglei.canbo');
    const path = `/nominations/${id}`;
    const wrong = await officer.put(path, { subjectType: 'household' });
    expect([wrong.status, wrong.body.errors[0]?.pointer]).toEqual([422, '/subjectType']);
    expect((await officer.put(path, { awardCode: awards.plain })).status).toBe(422);
    await officer.put(path, { year: 2019 });
    const stale = await officer.put(path, { year: 2020 }, { 'If-Match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-revision']);
  });

  test('is over once it has been submitted', async () => {
    const id = await submitted(server, 'dakglei', awards.plain);
    const officer = await server.as('dakglei.canbo');
    const late = await officer.put(`/nominations/${id}`, { year: 2019 });
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
    const appraiser = await server.as('snv.chuyenvien');
    expect((await appraiser.put(`/nominations/${id}`, { year: 2019 })).status).toBe(403);
  });
});

describe('the documents', () => {
  test('decide whether it can be submitted, and the refusal says so', async () => {
    const { id } = await draft(server, 'dakglei', awards.plain);
    const early = await send(server, 'dakglei.lanhdao', id, 'SUBMIT');
    expect([early.status, early.body.missing.map(({ fact }) => fact)]).toEqual([409, ['documentsComplete']]);
    await completeDossier(server, 'dakglei', id, awards.plain);
    const leader = await server.as('dakglei.lanhdao');
    const { body } = await leader.get(`/nominations/${id}`);
    expect(body['missingDocuments']).toEqual([]);
    expect(eventsOf(body)).toEqual(['SUBMIT', 'WITHDRAW']);
    expect(eventsOf((await (await server.as('dakglei.canbo')).get(`/nominations/${id}`)).body)).toEqual([]);
    const after = await must(server, 'dakglei.lanhdao', id, 'SUBMIT');
    expect([after.workflow.state, after['receivedOn']]).toEqual(['appraisal', '2018-01-02']);
  });

  test('keep every version; the same file again adds none', async () => {
    const { id } = await draft(server, 'dakglei', awards.plain);
    const officer = await server.as('dakglei.canbo');
    const path = `/nominations/${id}/documents`;
    const files = [await uploadPdf(officer, 'một'), await uploadPdf(officer, 'hai')];
    for (const fileId of [files[0], files[1], files[1]]) {
      expect((await officer.put(`${path}/submission_letter`, { fileId })).status).toBe(200);
    }
    const { body } = await officer.get(path);
    const rows = body.items.map((item) => [item['version'], item['current'], item['fileId']]);
    expect(rows).toEqual([
      [2, true, files[1]],
      [1, false, files[0]],
    ]);
    expect(body.items[0]).toMatchObject({
      component: 'submission_letter',
      componentName: { vi: 'Tờ trình đề nghị' },
      required: true,
      name: 'Tài liệu.pdf',
      contentType: 'application/pdf',
      addedBy: { name: expect.stringContaining('Huyện Đăk Glei') },
    });
    expect((await officer.get(`/nominations/${id}`)).body.workflow.revision).toBe(3);
  });

  test('may be more than the rules ask for, but only of components that they know', async () => {
    const { id } = await draft(server, 'dakglei', awards.plain);
    const officer = await server.as('dakglei.canbo');
    const fileId = await uploadPdf(officer, 'sáng kiến');
    const added = await officer.put(`/nominations/${id}/documents/initiative_certificate`, { fileId });
    expect(added.body['documents']).toContainEqual(
      expect.objectContaining({ component: 'initiative_certificate', required: false, present: true }),
    );
    const unknown = await officer.put(`/nominations/${id}/documents/photo`, { fileId });
    expect([unknown.status, unknown.body.errors[0]?.pointer]).toEqual([422, 'component']);
  });

  test('never open other people’s files to the one who names them', async () => {
    const fileId = await uploadPdf(await server.as('dakha.canbo'), 'riêng của Đăk Hà');
    const { id } = await draft(server, 'dakglei', awards.plain);
    const officer = await server.as('dakglei.canbo');
    const reply = await officer.put(`/nominations/${id}/documents/submission_letter`, { fileId });
    expect([reply.status, reply.body.errors[0]?.pointer]).toEqual([422, '/fileId']);
    expect((await officer.get(`/files/${fileId}`)).status).toBe(404);
  });

  test('are read by who may see the case, in the state in which they may', async () => {
    const { id } = await draft(server, 'dakglei', awards.cluster);
    await completeDossier(server, 'dakglei', id, awards.cluster);
    const { body } = await (await server.as('dakglei.lanhdao')).get(`/nominations/${id}/documents`);
    const file = `/files/${String(body.items[0]?.['fileId'])}`;
    const readers = [
      'dakglei.lanhdao',
      'kontum.canbo',
      'dakha.canbo',
      'snv.chuyenvien',
      'sokhdt.canbo',
      'hd.02',
    ];
    const statuses = async () =>
      Promise.all(readers.map(async (username) => (await (await server.as(username)).get(file)).status));
    expect(await statuses()).toEqual([200, 404, 404, 404, 404, 404]);
    await must(server, 'dakglei.lanhdao', id, 'SUBMIT');
    expect(await statuses()).toEqual([200, 200, 200, 200, 404, 404]);
  });

  test('are added by the unit alone, and only while the dossier is its own', async () => {
    const id = await submitted(server, 'dakglei', awards.cluster);
    const path = `/nominations/${id}/documents/submission_letter`;
    const member = await server.as('kontum.canbo');
    expect((await member.put(path, { fileId: await uploadPdf(member, 'x') })).status).toBe(403);
    const officer = await server.as('dakglei.canbo');
    const late = await officer.put(path, { fileId: await uploadPdf(officer, 'muộn') });
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
  });
});
