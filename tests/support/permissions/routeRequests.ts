import { insertAccounts } from '../../../db/accounts.ts';
import { insertCriteriaSheet } from '../../../db/criteriaSheets.ts';
import { samples } from '../sampleFiles.ts';
import { TEST_PASSWORD } from '../seedTemplate.ts';
import type { Client, Reply } from '../testServer.ts';
import { fetchFile } from './action.ts';
import { FOREIGN, OWN } from './people.ts';
import { known, type Province } from './province.ts';

/** What the routes are asked about. */
export interface Grounds {
  province: Province;
  awardId: string;
  publicCode: string;
  draftSheetId: string;
  foreignTokenId: string;
  spareAccountId: string;
  spareOfficeId: string;
}

type Request = (client: Client, grounds: Grounds) => Promise<Reply>;

const tomorrow = '2099-01-01T00:00:00Z';
const aToken = { name: 'Báo cáo', scopes: ['workflows.read'], expiresAt: tomorrow };

let coded = 0;

/** A code that nothing else bears. */
function nextCode(stem: string): string {
  coded += 1;
  return `${stem}-${coded}`;
}

/** A valid request for each route of permission-routes.csv, as its line names it. */
export const ROUTE_REQUESTS: Record<string, Request> = {
  'post /session': (client) => client.post('/session', { username: 'thanhtra', password: TEST_PASSWORD }),
  'delete /session': (client) => client.delete('/session'),
  'put /me/password': (client) =>
    client.put('/me/password', { current: TEST_PASSWORD, next: 'Sông Đăk Bla trong xanh 1913' }),
  'put /demo/clock': async (client) => {
    const { now } = (await client.get('/demo/clock')).body;
    const later = new Date(Date.parse(String(now)) + 1_000).toISOString();
    return client.put('/demo/clock', { now: later });
  },
  'get /demo/inbox?to=somebody': (client) => client.get('/demo/inbox?to=tumorong.canbo@kontum.example'),
  'post /tokens': (client) => client.post('/tokens', aToken),
  'delete /tokens/{id}': async (client) => {
    const made = await client.post('/tokens', aToken);
    return client.delete(`/tokens/${made.body.id}`);
  },
  'delete /tokens/{id} of somebody else': (client, { foreignTokenId }) =>
    client.delete(`/tokens/${foreignTokenId}`),
  'post /accounts': (client) =>
    client.post('/accounts', {
      username: 'nguoi.moi',
      displayName: 'Người mới (nhân vật minh họa)',
      email: 'nguoi.moi@kontum.example',
      password: 'Rừng thông Măng Đen 2018',
    }),
  'get /accounts/{id}': (client, { spareAccountId }) => client.get(`/accounts/${spareAccountId}`),
  'patch /accounts/{id}': (client, { spareAccountId }) =>
    client.patch(`/accounts/${spareAccountId}`, { displayName: 'Tên mới' }),
  'post /accounts/{id}/offices': (client, { spareAccountId, province }) =>
    client.post(`/accounts/${spareAccountId}/offices`, {
      role: 'unitLeader',
      unitId: province.unitId('konray'),
      title: 'Lãnh đạo',
      validFrom: '2018-01-02',
    }),
  'patch /offices/{id}': (client, { spareOfficeId }) =>
    client.patch(`/offices/${spareOfficeId}`, { validTo: '2018-06-30' }),
  'get /units/{id}': (client, { province }) => client.get(`/units/${province.unitId(OWN)}`),
  'post /units': (client) =>
    client.post('/units', {
      code: nextCode('donvi'),
      name: 'Đơn vị mới',
      kind: 'department',
      validFrom: '2018-01-02',
    }),
  'put /units/{id}': (client, { province }) =>
    client.put(`/units/${province.unitId('konray')}`, { isPoorDistrict: true }),
  'get /clusters/{id}': (client, { province }) => client.get(`/clusters/${province.clusterOf(OWN).id}`),
  'post /clusters': (client) =>
    client.post('/clusters', {
      code: nextCode('khoi'),
      name: 'Khối mới',
      kind: 'bloc',
      basis: 'Quyết định chia khối',
    }),
  'put /clusters/{id}/members': (client, { province }) => {
    const { id, memberUnitIds } = province.clusterOf(FOREIGN);
    return client.put(`/clusters/${id}/members`, { unitIds: memberUnitIds });
  },
  'put /clusters/{id}/terms': (client, { province }) =>
    client.put(`/clusters/${province.clusterOf(FOREIGN).id}/terms`, {
      leadId: province.unitId(FOREIGN),
      deputyId: province.unitId('ldld'),
    }),
  'get /workflows/{name}': (client) => client.get('/workflows/nomination'),
  'get /criteria-sheets/{id}': (client, { province }) => client.get(`/criteria-sheets/${province.sheetId}`),
  'get /criteria-sheets/{id} not published': (client, { draftSheetId }) =>
    client.get(`/criteria-sheets/${draftSheetId}`),
  'get /awards/{id}': (client, { awardId }) => client.get(`/awards/${awardId}`),
  'get /public/awards/{code}': (client, { publicCode }) => client.get(`/public/awards/${publicCode}`),
  'post /files': upload,
  'get /files/{id}': async (client) => client.get(`/files/${(await upload(client)).body.id}`),
  'get /files/{id} of somebody else': (client, { province }) => client.get(`/files/${province.file.id}`),
  'get /files/{id}/content': async (client) =>
    fetchFile(client, `/files/${(await upload(client)).body.id}/content`),
  'get /files/{id}/content of somebody else': (client, { province }) =>
    fetchFile(client, `/files/${province.file.id}/content`),
};

function upload(client: Client): Promise<Reply> {
  const form = new FormData();
  form.append('file', new Blob([samples.pdf()]), 'tai-lieu.pdf');
  return client.post('/files', form);
}

/** Lays out what the routes are asked about. There must be an award already. */
export async function layGrounds(province: Province): Promise<Grounds> {
  const { db } = province.server.database;
  const { ports } = province.server.wired;
  const award = await db<{ id: string; public_code: string }>('awards').first();
  const published = await db('criteria_sheets')
    .where({ id: province.sheetId })
    .first<{ content: object; hash: string }>();
  const draftSheetId = ports.newId();
  const spareAccountId = ports.newId();
  const spareOfficeId = ports.newId();
  await db.transaction(async (trx) => {
    await insertCriteriaSheet(trx, {
      id: draftSheetId,
      code: 'DU-THAO',
      version: 1,
      title: 'Bảng chấm điểm đang soạn',
      provenance: 'illustrative',
      content: published.content,
      hash: published.hash,
      published_at: null,
    });
    const account = {
      id: spareAccountId,
      username: 'du.phong',
      display_name: 'Người dự phòng (nhân vật minh họa)',
      email: 'du.phong@kontum.example',
      password_hash: 'none',
      locked_at: null,
      created_at: ports.clock.wall(),
    };
    const office = {
      id: spareOfficeId,
      account_id: spareAccountId,
      role: 'unitOfficer',
      unit_id: province.unitId('konray'),
      title: 'Cán bộ',
      valid_from: '2018-01-01',
      valid_to: null,
    };
    await insertAccounts(trx, [account], [office]);
  });
  const stranger = await province.server.as('tumorong.canbo');
  return {
    province,
    awardId: known(award, 'award').id,
    publicCode: known(award, 'award').public_code,
    draftSheetId,
    foreignTokenId: (await stranger.post('/tokens', aToken)).body.id,
    spareAccountId,
    spareOfficeId,
  };
}
