import { scoringRoundCapability } from '../../../services/scoring/rounds/scoringRoundCapability.ts';
import { expectOk } from '../decisions.ts';
import { insertWalked, walkCase, type Stride } from '../walkedCases.ts';
import type { Built, Need } from './needs.ts';
import { known, type Province } from './province.ts';

const WAY: Stride[] = [
  { type: 'OPEN' },
  { type: 'CLOSE_SELF_SCORING' },
  { type: 'CLOSE_CROSS_SCORING' },
  { type: 'CLOSE_EXPLANATION' },
];
/** How many events lead to each state; the last one, FINALIZE, is sent over HTTP, since it computes the result. */
const STRIDES: Record<string, number> = {
  draft: 0,
  selfScoring: 1,
  crossScoring: 2,
  explanation: 3,
  verification: 4,
  finalized: 4,
};
/** Before the demo's first day: the time of every stage is over, so that it can be closed. */
const OVER = '2018-01-01';

/** Scoring rounds of these units' clusters in these states, on the districts' sheet, with one sheet filled in. */
export async function buildRounds(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const { ports, moment } = province.deciding;
  const departments = ['sotaichinh', 'soyte'].map((code) => province.unitId(code));
  const walked = needs.map((need) => {
    const cluster = province.clusterOf(need.owner);
    const walk = {
      capability: scoringRoundCapability,
      unitId: null,
      clusterId: cluster.id,
      memberUnitIds: cluster.memberUnitIds,
      strides: WAY.slice(0, known(STRIDES[need.state], `way to ${need.state}`)),
      dueOn: OVER,
    };
    return { need, ...walkCase({ ...province.deciding, actor: province.actor }, walk) };
  });
  await province.server.database.db.transaction(async (trx) => {
    await insertWalked(trx, walked);
    await trx.batchInsert(
      'scoring_rounds',
      walked.map(({ row }) => ({
        id: row.id,
        title: 'Đợt chấm thử',
        year: 2018,
        cluster_id: row.cluster_id,
        sheet_id: province.sheetId,
        movement_id: null,
        assessor_unit_ids: departments,
        knockouts: '[]',
      })),
      200,
    );
    await trx.batchInsert(
      'score_sheets',
      walked
        .filter(({ row }) => row.state === 'verification')
        .map(({ need, row }) => ({
          id: ports.newId(),
          round_id: row.id,
          unit_id: province.unitId(need.owner),
          layer: 'self',
          scorer_unit_id: province.unitId(need.owner),
          cells: JSON.stringify({ C3: { points: '1' } }),
          handed_in: true,
          updated_by: province.actor.accountId,
          updated_at: moment.now,
        })),
      200,
    );
  });
  const appraiser = await province.server.as('snv.chuyenvien');
  for (const { row } of walked.filter(({ need }) => need.state === 'finalized')) {
    expectOk(await appraiser.post(`/scoring-rounds/${row.id}/events`, { type: 'FINALIZE' }));
  }
  return walked.map(({ need, row }) => ({ ...need, id: row.id }));
}
