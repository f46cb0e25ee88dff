import { insertMovement } from '../../../db/movements.ts';
import { movementCapability } from '../../../services/movements/movementCapability.ts';
import { insertWalked, walkCase, type Stride } from '../walkedCases.ts';
import type { Built, Need } from './needs.ts';
import { known, type Province } from './province.ts';

const launched: Stride[] = [{ type: 'LAUNCH' }];

const WAYS: Record<string, Stride[]> = {
  draft: [],
  running: launched,
  midtermReview: [...launched, { type: 'OPEN_MIDTERM_REVIEW' }],
  finalReview: [...launched, { type: 'OPEN_FINAL_REVIEW' }],
  concluded: [
    ...launched,
    { type: 'OPEN_FINAL_REVIEW' },
    { type: 'CONCLUDE', payload: { summary: 'Đạt kế hoạch' } },
  ],
  cancelled: [...launched, { type: 'CANCEL', payload: { reason: 'Thay bằng phong trào khác' } }],
};

/** Movements in these states, each with a whole plan. */
export async function buildMovements(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const agency = province.unitId('snv');
  const walked = needs.map((need) => {
    const strides = known(WAYS[need.state], `way to ${need.state}`);
    const walk = { capability: movementCapability, unitId: null, clusterId: null, strides };
    return { need, ...walkCase({ ...province.deciding, actor: province.actor }, walk) };
  });
  await province.server.database.db.transaction(async (trx) => {
    await insertWalked(trx, walked);
    for (const { row } of walked) {
      const movement = {
        id: row.id,
        title: 'Phong trào thử',
        kind: 'thematic' as const,
        plan_number: '01/KH-UBND',
        plan_date: '2018-01-02',
        issuer: 'Ủy ban nhân dân tỉnh',
        theme: 'Chủ đề',
        goal: 'Mục tiêu',
        period_from: 2018,
        period_to: 2020,
        standing_agency_id: agency,
        focal_agency_id: agency,
      };
      const target = {
        id: province.deciding.ports.newId(),
        movement_id: row.id,
        ordinal: 1,
        indicator: 'Giảm tỷ lệ hộ nghèo',
        place: 'Toàn tỉnh',
        measure: '%/năm',
        direction: 'decrease' as const,
        low: '3',
        high: '4',
        source: 'Kế hoạch',
      };
      const content = { movement_id: row.id, ordinal: 1, text: 'Nội dung', groups: ['Tập thể'] };
      await insertMovement(trx, movement, [target], [content]);
    }
  });
  return walked.map(({ need, row }) => ({ ...need, id: row.id }));
}
