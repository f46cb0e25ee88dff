import { randomUUID } from 'node:crypto';
import { findAccountByUsername } from '../../db/accounts.ts';
import { insertNomination } from '../../db/nominations.ts';
import { publishRulePacks } from '../../db/rulePacks.ts';
import type { InstanceRow } from '../../db/workflowInstances.ts';
import { writeSteps, type HistoryEntry, type StepRow } from '../../db/workflowSteps.ts';
import type { Actor } from '../../services/accounts/actor.ts';
import { loadActor } from '../../services/accounts/loadActor.ts';
import { hashPack } from '../../services/rules/hashPack.ts';
import type { RulePack } from '../../services/rules/rulePack.ts';
import { link } from '../../services/workflow/decide.ts';
import { startCase } from '../../services/workflow/startCase.ts';
import { newest } from '../../workflows/registry.ts';
import { step } from '../../workflows/workflow.ts';
import { shippedPacks } from './rulePacks.ts';
import type { TestServer } from './testServer.ts';
import { everyFact } from './workflowTable.ts';

type Council = NonNullable<RulePack['awards'][number]['route']['council']>;

/**
 * A nomination that stands before the council, without its way there over HTTP: a real instance with real history,
 * for the award whose council rule is given, in a pack of its own.
 */
export async function nominationBeforeCouncil(
  server: TestServer,
  council: Council,
  subject = 'Tập thể thử nghiệm',
): Promise<string> {
  const { db } = server.database;
  const pack = await packWith(server, council);
  const actor = await actorOf(server, 'snv.chuyenvien');
  const unit = await db<{ id: string; code: string }>('units').where({ code: 'dakglei' }).first();
  if (unit === undefined) throw new Error('the demo province has no dakglei');
  const { ports } = server.wired;
  const id = ports.newId();
  await db.transaction(async (trx) => {
    await startCase(trx, ports, {
      id,
      workflow: 'nomination',
      unitId: unit.id,
      clusterId: null,
      input: { route: { clusterVote: false, council: true, higher: false } },
      actor,
      officeId: null,
      detail: {},
    });
    await insertNomination(trx, {
      id,
      award_code: pack.award,
      pack_id: pack.id,
      unit_id: unit.id,
      cluster_id: null,
      movement_id: null,
      year: 2018,
      subject_type: 'collective',
      subject_name: subject,
      subject_position: null,
      achievement: 'Thành tích thử nghiệm',
      received_on: ports.clock.today(),
    });
  });
  await walk(server, id, actor, ['SUBMIT', 'PASS_APPRAISAL']);
  return id;
}

async function packWith(server: TestServer, council: Council): Promise<{ id: string; award: string }> {
  const [first] = await shippedPacks();
  const award = first?.awards.find(({ route }) => route.council !== null);
  if (first === undefined || award === undefined) throw new Error('no shipped pack has a council');
  const code = `test-${randomUUID()}`;
  const route = { ...award.route, clusterVote: null, higher: null, council };
  const pack = {
    ...first,
    code,
    validFrom: '1901-01-01',
    validTo: '1901-01-02',
    awards: [{ ...award, route }],
  };
  const id = server.wired.ports.newId();
  await server.database.db.transaction((trx) =>
    publishRulePacks(trx, [
      {
        id,
        code,
        version: pack.version,
        valid_from: pack.validFrom,
        valid_to: pack.validTo,
        content: pack,
        hash: hashPack(pack),
        published_at: server.wired.ports.clock.wall(),
      },
    ]),
  );
  await server.wired.rulebook.refresh();
  return { id, award: award.code };
}

/** Sends these events as the machine takes them, all facts given, past the door: no effects are carried out. */
async function walk(server: TestServer, id: string, actor: Actor, types: string[]): Promise<void> {
  const { db } = server.database;
  for (const type of types) {
    const row = await db<InstanceRow>('workflow_instances').where({ id }).first();
    if (row === undefined) throw new Error(`no instance ${id}`);
    const definition = newest('nomination');
    const next = step(definition, row.snapshot, { type, payload: {}, facts: everyFact(definition, true) });
    const at = server.wired.ports.clock.now().toISOString();
    const entry: HistoryEntry = link(
      {
        instance_id: id,
        revision: row.revision + 1,
        kind: 'event',
        type,
        from_state: row.state,
        to_state: next.state,
        actor_id: actor.accountId,
        office_id: null,
        at,
        detail: {},
      },
      row.head_hash,
      server.wired.ports.randomHex(16),
    );
    const moved: StepRow = {
      id,
      from_revision: row.revision,
      state: next.state,
      finished: next.finished,
      snapshot: next.snapshot,
      head_hash: entry.hash,
      at,
    };
    await writeSteps(db, { steps: [moved], history: [entry], outbox: [], opened: [], closed: [] });
  }
}

/** A demo account as a caller of today. */
async function actorOf(server: TestServer, username: string): Promise<Actor> {
  const account = await findAccountByUsername(server.database.db, username);
  const { clock } = server.wired.ports;
  const actor = account === null ? null : await loadActor(server.database.db, account.id, clock.today());
  if (actor === null) throw new Error(`no demo account ${username}`);
  return actor;
}
