import type { Knex } from 'knex';
import { createNominationCapability } from '../../../services/nominations/nominationCapability.ts';
import { expectOk, issuedAward, issueDecision, itemsOf, signDecision } from '../decisions.ts';
import { insertWalked, walkCase, type WalkedCase } from '../walkedCases.ts';
import { nextNumber } from './buildDecisions.ts';
import type { Built, Need } from './needs.ts';
import { NOMINATION_WAYS, type NominationWay } from './nominationWays.ts';
import { known, type Province } from './province.ts';

/** Every component that the ways' awards ask for. */
const COMPONENTS = [
  'submission_letter',
  'achievement_report',
  'review_minutes_title',
  'review_minutes_award',
];
/** Before the demo's first day: the cluster's review can be closed. */
const OVER = '2018-01-01';

/** A nomination on its way, with its owner's code. */
export interface WantedNomination {
  owner: string;
  way: NominationWay;
}

interface Walked extends WalkedCase {
  wanted: WantedNomination;
  fileId: string;
}

/** Nominations of these units, walked so far, with whole dossiers; answers them in order. */
export async function insertNominations(
  province: Province,
  wanted: readonly WantedNomination[],
): Promise<{ id: string; fileId: string }[]> {
  const { ports } = province.deciding;
  const walked = wanted.map((each): Walked => ({
    wanted: each,
    fileId: ports.newId(),
    ...walkNomination(province, each),
  }));
  await province.server.database.db.transaction(async (trx) => {
    await insertWalked(trx, walked);
    await insertDossiers(trx, province, walked);
  });
  return walked.map(({ row, fileId }) => ({ id: row.id, fileId }));
}

function walkNomination(province: Province, { owner, way }: WantedNomination): WalkedCase {
  const cluster = province.clusterOf(owner);
  return walkCase(
    { ...province.deciding, actor: province.actor },
    {
      capability: createNominationCapability(province.server.wired.rulebook),
      unitId: province.unitId(owner),
      clusterId: cluster.id,
      memberUnitIds: cluster.memberUnitIds,
      packId: province.packId,
      input: { route: way.route },
      strides: way.strides,
      ...(way.route.clusterVote && { dueOn: OVER }),
    },
  );
}

async function insertDossiers(
  trx: Knex.Transaction,
  province: Province,
  walked: readonly Walked[],
): Promise<void> {
  const { ports, moment } = province.deciding;
  const at = moment.now;
  await trx.batchInsert(
    'nominations',
    walked.map(({ row, wanted: { way } }) => ({
      id: row.id,
      award_code: way.awardCode,
      pack_id: province.packId,
      unit_id: row.unit_id,
      cluster_id: row.cluster_id,
      movement_id: null,
      year: 2018,
      subject_type: way.subjectType,
      subject_name: 'Đối tượng thử',
      subject_position: null,
      achievement: 'Thành tích thử nghiệm',
      received_on: row.state === 'draft' ? null : moment.today,
    })),
    200,
  );
  const { file } = province;
  await trx.batchInsert(
    'files',
    walked.map(({ fileId }) => ({ ...file, id: fileId, name: 'thanh-tich.pdf', uploaded_at: at })),
    200,
  );
  const documents = walked.flatMap(({ row, fileId }) =>
    COMPONENTS.map((component) => ({
      id: ports.newId(),
      nomination_id: row.id,
      component,
      file_id: fileId,
      version: 1,
      added_by: file.uploaded_by,
      added_at: at,
    })),
  );
  await trx.batchInsert('nomination_documents', documents, 200);
}

/** Nominations of these units in these states; awarded and revoked ones by decisions over HTTP. */
export async function buildNominations(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const wanted = needs.map(({ owner, state, variant }) => {
    const name = [state, variant].filter((word) => word !== '').join(' ');
    return { owner, way: known(NOMINATION_WAYS[name], `way to ${name}`) };
  });
  const inserted = await insertNominations(province, wanted);
  const built = needs.map((need, index): Built => ({ ...need, ...known(inserted[index], 'nomination') }));
  await award(province, built);
  return built;
}

async function award({ server }: Province, built: readonly Built[]): Promise<void> {
  const revoked = built.filter(({ state }) => state === 'revoked').map(({ id }) => id);
  const awarded = built.filter(({ state }) => state === 'awarded').map(({ id }) => id);
  if (awarded.length + revoked.length === 0) return;
  const decision = itemsOf(await issuedAward(server, [...awarded, ...revoked], nextNumber()));
  const taken = decision.filter(({ nominationId }) => revoked.includes(nominationId));
  if (taken.length === 0) return;
  const clerk = await server.as('snv.vanthu');
  const items = taken.map(({ goldenBook }) => ({
    awardId: goldenBook?.awardId,
    reason: 'Khai sai thành tích',
  }));
  const draft = expectOk(
    await clerk.post('/decisions', { kind: 'revocation', title: 'Về việc hủy bỏ', items }),
  );
  await signDecision(server, draft.id);
  expectOk(await issueDecision(server, draft.id, nextNumber()));
}
