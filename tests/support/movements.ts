import type { Client, TestServer } from './testServer.ts';

/** Drafts a movement over HTTP as the standing agency; answers its id. */
export async function draftMovement(server: TestServer, overrides: object = {}): Promise<string> {
  const agency = await server.as('snv.chuyenvien');
  const unit = await server.database.db('units').where({ code: 'snv' }).first<{ id: string }>('id');
  return draftMovementOf(agency, unit.id, overrides);
}

/** The same at any server: `agency` drafts it for the standing agency `unitId`. */
export async function draftMovementOf(
  agency: Client,
  unitId: string,
  overrides: object = {},
): Promise<string> {
  const reply = await agency.post('/movements', {
    title: 'Phong trào thử',
    kind: 'thematic',
    planNumber: '01/KH-UBND',
    planDate: '2018-01-02',
    issuer: 'Ủy ban nhân dân tỉnh',
    theme: 'Chủ đề',
    goal: 'Mục tiêu',
    periodFrom: 2018,
    periodTo: 2020,
    standingAgencyId: unitId,
    focalAgencyId: unitId,
    targets: [
      {
        indicator: 'Giảm tỷ lệ hộ nghèo',
        place: 'Toàn tỉnh',
        measure: '%/năm',
        direction: 'decrease',
        low: '3',
        high: '4',
        source: 'Kế hoạch',
      },
    ],
    contents: [{ text: 'Nội dung', groups: ['Tập thể'] }],
    ...overrides,
  });
  if (reply.status !== 201) throw new Error(`cannot draft a movement: ${JSON.stringify(reply.body)}`);
  return reply.body.id;
}
