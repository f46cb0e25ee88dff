import { insertClusters } from '../../db/organisation.ts';
import { insertCriteriaSheet } from '../../db/criteriaSheets.ts';
import { newId } from '../../services/ports.ts';
import type { TestServer } from './testServer.ts';

/** The id of a unit of the demo province by its code. */
export function unitId(server: TestServer, code: string): Promise<string> {
  return idWhere(server, 'units', { code });
}

/** The movement of the demo province, launched. */
export function demoMovement(server: TestServer): Promise<string> {
  return idWhere(server, 'movements', { plan_number: '2736/KH-UBND' });
}

async function idWhere({ database }: TestServer, table: string, where: object): Promise<string> {
  const row = await database.db<{ id: string }>(table).where(where).first('id');
  if (row === undefined) throw new Error(`${table} has no ${JSON.stringify(where)}`);
  return row.id;
}

/** A cluster of three: Đăk Glei leads, Đăk Hà is its deputy, Kon Tum is a member. */
export async function clusterOfThree(server: TestServer): Promise<string> {
  const id = newId();
  const span = { valid_from: '2018-01-01', valid_to: null };
  const [lead = '', deputy = '', member = ''] = await Promise.all(
    ['dakglei', 'dakha', 'kontum'].map((code) => unitId(server, code)),
  );
  await server.database.db.transaction((trx) =>
    insertClusters(
      trx,
      [{ id, code: `thu-${id}`, name: 'Cụm thử', kind: 'cluster', basis: 'thử', ...span }],
      [lead, deputy, member].map((unit) => ({ cluster_id: id, unit_id: unit, ...span })),
      [
        { cluster_id: id, unit_id: lead, position: 'lead', ...span },
        { cluster_id: id, unit_id: deputy, position: 'deputy', ...span },
      ],
    ),
  );
  return id;
}

const criteria = [
  { code: 'A', parent: null, name: 'Chỉ tiêu', maxPoints: '40' },
  {
    code: 'A1',
    parent: 'A',
    name: 'Giảm nghèo',
    maxPoints: '10',
    formula: 'LEADER_RELATIVE',
    assessor: 'dept:sotaichinh',
  },
  { code: 'A2', parent: 'A', name: 'Giải ngân', maxPoints: '10', formula: 'RATIO', assessor: 'cluster' },
  { code: 'A3', parent: 'A', name: 'Giao quân', maxPoints: '10', formula: 'YES_NO', assessor: 'standing' },
  {
    code: 'A4',
    parent: 'A',
    name: 'Mô hình',
    maxPoints: '10',
    formula: 'COUNT_STEP',
    params: { step: '2.5' },
    assessor: 'cluster',
  },
  { code: 'B', parent: null, name: 'Phong trào', maxPoints: '20' },
  { code: 'B1', parent: 'B', name: 'Chất lượng', maxPoints: '10', formula: 'DIRECT', assessor: 'cluster' },
  { code: 'B2', parent: 'B', name: 'Hồ sơ', maxPoints: '10', formula: 'DIRECT', assessor: 'standing' },
  {
    code: 'D1',
    parent: null,
    name: 'Thưởng',
    maxPoints: '5',
    formula: 'COUNT_STEP',
    role: 'bonus',
    params: { step: '2' },
    assessor: 'standing',
  },
  {
    code: 'E1',
    parent: null,
    name: 'Trừ',
    maxPoints: '6',
    formula: 'PENALTY_STEP',
    role: 'penalty',
    params: { step: '1.5', cap: '6' },
    assessor: 'standing',
  },
];

/** A small sheet with every kind of assessor, small enough to be added up by hand. */
export const SMALL_SHEET = {
  code: 'THU',
  title: 'Bảng thử',
  rounding: { scale: 2, at: 'leaf' },
  bonusCap: '4',
  rankBy: 'percent',
  crossScore: { aggregate: 'mean' },
  tieBreak: [{ by: 'group', code: 'A' }],
  classification: [
    { atLeast: '70', code: 'DAT' },
    { atLeast: '80', code: 'TOT' },
  ],
  criteria,
};

export async function smallSheet(server: TestServer, published = true): Promise<string> {
  const id = newId();
  await server.database.db.transaction((trx) =>
    insertCriteriaSheet(trx, {
      id,
      code: `THU-${id}`,
      version: 1,
      title: SMALL_SHEET.title,
      provenance: 'illustrative',
      content: SMALL_SHEET,
      hash: 'x',
      published_at: published ? new Date('2018-01-02T00:00:00Z') : null,
    }),
  );
  return id;
}
