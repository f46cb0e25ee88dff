import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type Client, type Reply, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let admin: Client;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
});

afterAll(() => server.close());

interface Member {
  unitId: string;
  code: string;
  position: string;
}

function membersOf({ body }: Reply): Member[] {
  return body['members'] as Member[];
}

async function cluster(code: string): Promise<Reply['body']> {
  const { body } = await admin.get('/clusters');
  const found = body.items.find((item) => item['code'] === code);
  if (found === undefined) throw new Error(`no cluster ${code}`);
  return found;
}

async function unitId(code: string): Promise<string> {
  const { body } = await admin.get('/units?limit=200');
  return body.items.find((item) => item['code'] === code)?.id ?? '';
}

async function moveClockTo(now: string) {
  expect((await admin.put('/demo/clock', { now })).status).toBe(200);
}

async function positionOf(username: string): Promise<unknown> {
  const clusters = (await (await server.as(username)).get('/me')).body['clusters'] as { position: string }[];
  return clusters.map(({ position }) => position);
}

describe('the organisation over HTTP', () => {
  test('is read by everybody who is logged in: units by kind and page, clusters with lead and deputy', async () => {
    const reader = await server.as('dakglei.canbo');
    const districts = (await reader.get('/units?kind=district')).body.items.map((item) => item['code']);
    expect(districts).toEqual([
      'dakglei',
      'dakha',
      'dakto',
      'iahdrai',
      'konplong',
      'konray',
      'ngochoi',
      'sathay',
      'tumorong',
    ]);
    const first = (await reader.get('/units?limit=10')).body;
    const second = (await reader.get(`/units?limit=200&cursor=${first.nextCursor ?? ''}`)).body;
    const all = (await reader.get('/units?limit=200')).body;
    expect([...first.items, ...second.items]).toEqual(all.items);

    const found = (await reader.get('/clusters')).body.items.find((item) => item['code'] === 'cum-huyen');
    expect(found).toMatchObject({
      kind: 'cluster',
      leadId: await unitId('dakha'),
      deputyId: await unitId('ngochoi'),
    });
    expect((found?.['members'] as Member[]).length).toBe(10);
    expect((await reader.get(`/clusters/${found?.id ?? ''}`)).body).toEqual(found);
  });

  test('is changed by administrators, clusters by the standing agency’s head too', async () => {
    const unit = { code: 'so-moi', name: 'Sở mới', kind: 'department', validFrom: '2018-01-01' };
    const bloc = { code: 'khoi-moi', name: 'Khối mới', kind: 'bloc', basis: 'Quyết định minh họa' };
    const [head, officer] = [await server.as('snv.lanhdao'), await server.as('snv.chuyenvien')];
    const answers = [
      await head.post('/units', unit),
      await officer.post('/clusters', bloc),
      await head.post('/clusters', bloc),
      await admin.post('/units', unit),
      await admin.post('/units', unit),
      await admin.post('/clusters', bloc),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 201, 201, 409, 409]);
  });

  test('a unit that is renamed keeps its former name on record', async () => {
    const id = await unitId('sovhttdl');
    const renamed = await admin.put(`/units/${id}`, { name: 'Sở Văn hóa và Thể thao' });
    expect(renamed.body).toMatchObject({
      name: 'Sở Văn hóa và Thể thao',
      formerNames: [{ name: 'Sở Văn hóa, Thể thao và Du lịch', validTo: '2018-01-02' }],
    });
  });

  test('lead and deputy change from today on; who led before did so until yesterday', async () => {
    const before = await cluster('cum-huyen');
    expect(await positionOf('dakha.canbo')).toEqual(['lead']);
    await moveClockTo('2018-02-01T02:00:00Z');
    const [leadId, deputyId] = [await unitId('dakto'), await unitId('dakha')];
    const changed = await admin.put(`/clusters/${before.id}/terms`, { leadId, deputyId });
    expect(changed.body).toMatchObject({ leadId, deputyId });
    expect([await positionOf('dakto.canbo'), await positionOf('dakha.canbo')]).toEqual([
      ['lead'],
      ['deputy'],
    ]);

    const onNewYear = (await admin.get('/clusters?on=2018-01-31')).body.items;
    expect(onNewYear.find(({ id }) => id === before.id)).toMatchObject({
      leadId: before['leadId'],
      deputyId: before['deputyId'],
    });
  });

  test.each([
    ['a lead from outside', { leadId: 'sotaichinh', deputyId: 'dakha' }, ['/leadId']],
    ['one unit in both', { leadId: 'dakha', deputyId: 'dakha' }, ['/deputyId']],
  ])('is not led by %s', async (_what, wanted, pointers) => {
    const { id } = await cluster('cum-huyen');
    const body = { leadId: await unitId(wanted.leadId), deputyId: await unitId(wanted.deputyId) };
    const refused = await admin.put(`/clusters/${id}/terms`, body);
    expect([refused.status, refused.body.errors.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
  });

  test('members change from today on, are in one cluster only, and lead no longer when they leave', async () => {
    await moveClockTo('2018-03-01T02:00:00Z');
    const [from, to] = [await cluster('cum-huyen'), await cluster('khoi-moi')];
    const dakto = await unitId('dakto');
    const taken = await admin.put(`/clusters/${to.id}/members`, { unitIds: [dakto] });
    expect([taken.status, taken.body.detail]).toEqual([409, 'Đang thuộc cụm, khối khác: Huyện Đăk Tô.']);

    const rest = (from['members'] as Member[]).map((each) => each.unitId).filter((id) => id !== dakto);
    const left = await admin.put(`/clusters/${from.id}/members`, { unitIds: rest });
    expect(membersOf(left).some(({ unitId: id }) => id === dakto)).toBe(false);
    expect(left.body['leadId']).toBeNull();
    const joined = await admin.put(`/clusters/${to.id}/members`, { unitIds: [dakto] });
    expect(membersOf(joined)).toEqual([expect.objectContaining({ code: 'dakto', position: 'member' })]);

    const earlier = (await admin.get('/clusters?on=2018-02-28')).body.items;
    const before = earlier.find(({ id }) => id === from.id)?.['members'] as Member[];
    expect(before.find(({ code }) => code === 'dakto')?.position).toBe('lead');

    // Out and in again on one day leaves it as it was.
    await admin.put(`/clusters/${to.id}/members`, { unitIds: [] });
    expect(membersOf(await admin.put(`/clusters/${to.id}/members`, { unitIds: [dakto] })).length).toBe(1);
  });

  test('a unit that ends takes its memberships and offices with it, and names who follows', async () => {
    const [id, heir] = [await unitId('konray'), await unitId('konplong')];
    expect(await positionOf('konray.canbo')).toEqual(['member']);
    const ended = await admin.put(`/units/${id}`, { validTo: '2018-03-31', succeededById: heir });
    expect(ended.body).toMatchObject({ validTo: '2018-03-31', succeededById: heir });
    expect(await positionOf('konray.canbo')).toEqual(['member']);

    await moveClockTo('2018-04-01T02:00:00Z');
    expect(await unitId('konray')).toBe('');
    expect((await (await server.as('konray.canbo')).get('/me')).body).toMatchObject({
      offices: [],
      clusters: [],
    });
    const members = (await cluster('cum-huyen'))['members'] as Member[];
    expect(members.map(({ code }) => code)).not.toContain('konray');
    expect((await admin.get('/units?on=2018-03-31&limit=200')).body.items.map((unit) => unit.id)).toContain(
      id,
    );
    expect((await admin.put(`/units/${id}`, { name: 'Tên khác' })).status).toBe(409);
  });

  test.each([
    ['nothing', {}, ['']],
    ['an end before the beginning', { validTo: '2017-01-01' }, ['/validTo']],
    ['a successor without an end', { succeededById: 'dakha' }, ['/succeededById']],
    ['itself as successor', { validTo: '2018-12-31', succeededById: 'sathay' }, ['/succeededById']],
    ['a day that there is not', { validTo: '2018-02-30' }, ['/validTo']],
  ])('a unit is not changed by %s', async (_what, change, pointers) => {
    const heir = 'succeededById' in change ? { succeededById: await unitId(change.succeededById) } : {};
    const refused = await admin.put(`/units/${await unitId('sathay')}`, { ...change, ...heir });
    expect([refused.status, refused.body.errors.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
  });

  test('is never deleted, not even by the app’s role', async () => {
    for (const table of ['units', 'clusters', 'cluster_members', 'cluster_terms', 'offices', 'accounts']) {
      await expect(server.database.db(table).delete()).rejects.toThrow(/permission denied/);
    }
    await expect(server.database.db('unit_former_names').update({ name: 'khác' })).rejects.toThrow(
      /permission denied/,
    );
  });
});
