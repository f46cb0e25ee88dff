import type { TestServer } from './testServer.ts';

/** The id of a unit or cluster of the demo province by its code. */
export async function unitId(server: TestServer, code: string): Promise<string> {
  return idByCode(server, 'units', code);
}

export async function clusterId(server: TestServer, code: string): Promise<string> {
  return idByCode(server, 'clusters', code);
}

async function idByCode({ database }: TestServer, table: string, code: string): Promise<string> {
  const row = await database.db<{ id: string; code: string }>(table).where({ code }).first('id');
  if (row === undefined) throw new Error(`the demo province has no ${code} in ${table}`);
  return row.id;
}

/** A movement of 2016–2020 that the chairman has launched. */
export async function runningMovement(server: TestServer): Promise<string> {
  const agency = await server.as('snv.chuyenvien');
  const standing = await unitId(server, 'snv');
  const made = await agency.post('/movements', {
    title: 'Phong trào thử',
    kind: 'thematic',
    planNumber: '01/KH-UBND',
    planDate: '2018-01-02',
    issuer: 'Ủy ban nhân dân tỉnh',
    theme: 'Chủ đề',
    goal: 'Mục tiêu',
    periodFrom: 2016,
    periodTo: 2020,
    standingAgencyId: standing,
    focalAgencyId: standing,
    targets: [
      {
        indicator: 'Giảm hộ nghèo',
        place: 'Toàn tỉnh',
        measure: '%/năm',
        direction: 'decrease',
        low: '3',
        high: '4',
        source: 'Kế hoạch',
      },
    ],
    contents: [{ text: 'Nội dung', groups: ['Tập thể'] }],
  });
  const chairman = await server.as('chutich');
  const launched = await chairman.post(`/movements/${made.body.id}/events`, { type: 'LAUNCH' });
  if (launched.status !== 200) throw new Error(`cannot launch: ${JSON.stringify(launched.body)}`);
  return made.body.id;
}
