import { registrationCapability } from '../../../services/registrations/registrationCapability.ts';
import { insertWalked, walkCase, type Stride } from '../walkedCases.ts';
import type { Built, Need } from './needs.ts';
import { known, type Province } from './province.ts';

const WAYS: Record<string, Stride[]> = {
  draft: [],
  submitted: [{ type: 'SUBMIT' }],
  accepted: [{ type: 'SUBMIT' }, { type: 'ACCEPT' }],
  withdrawn: [{ type: 'SUBMIT' }, { type: 'WITHDRAW', payload: { reason: 'Đăng ký lại' } }],
};

/** Registrations of these units in these states, each with a target. */
export async function buildRegistrations(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const walked = needs.map((need) => {
    const walk = {
      capability: registrationCapability,
      unitId: province.unitId(need.owner),
      clusterId: province.clusterOf(need.owner).id,
      strides: known(WAYS[need.state], `way to ${need.state}`),
    };
    return { need, ...walkCase({ ...province.deciding, actor: province.actor }, walk) };
  });
  await province.server.database.db.transaction(async (trx) => {
    await insertWalked(trx, walked);
    await trx.batchInsert(
      'registrations',
      walked.map(({ row }) => ({
        id: row.id,
        movement_id: province.movementId,
        unit_id: row.unit_id,
        year: 2016,
        pledge: 'Phấn đấu hoàn thành kế hoạch',
        targets: JSON.stringify([{ indicator: 'Giảm hộ nghèo', value: '3', measure: '%' }]),
        award_codes: [],
      })),
      200,
    );
  });
  return walked.map(({ need, row }) => ({ ...need, id: row.id }));
}
