import { findAccountByUsername } from '../../../db/accounts.ts';
import { clustersOn, unitsOn } from '../../../db/organisation.ts';
import type { Actor } from '../../../services/accounts/actor.ts';
import { loadActor } from '../../../services/accounts/loadActor.ts';
import type { DecidingContext } from '../../../services/workflow/decide.ts';
import { momentOf } from '../../../services/workflow/momentOf.ts';
import { samples } from '../sampleFiles.ts';
import { demoMovement } from '../scoringRounds.ts';
import type { Client, TestServer } from '../testServer.ts';
import { logEverybodyIn } from './people.ts';

export interface ProvinceCluster {
  id: string;
  memberUnitIds: string[];
}

/** What the builders of cases need to know of the demo province. */
export interface Province {
  server: TestServer;
  clients: ReadonlyMap<string, Client>;
  /** Who is noted as having walked the cases. */
  actor: Actor;
  deciding: DecidingContext;
  unitId(code: string): string;
  /** The cluster or bloc of a unit. */
  clusterOf(unitCode: string): ProvinceCluster;
  /** The score sheet of the districts. */
  sheetId: string;
  packId: string;
  movementId: string;
  /** An uploaded file of somebody who asks for nothing else. */
  file: { id: string; sha256: string; uploaded_by: string; size: string; content_type: string };
  /** The offices of the first three council members without another office. */
  seats: string[];
}

/** Reads the province once, logs everybody in, launches a movement and uploads a file. */
export async function settleProvince(server: TestServer): Promise<Province> {
  const { db } = server.database;
  const { ports, rulebook } = server.wired;
  const today = ports.clock.today();
  const clients = await logEverybodyIn(server);
  const units = new Map((await unitsOn(db, today)).map(({ code, id }) => [code, id]));
  const clusters = await clustersOn(db, today);
  const sheet = await db<{ id: string; code: string }>('criteria_sheets')
    .where({ code: 'MH-HUYEN-2018' })
    .first();
  const seats = await db('offices as o')
    .join('accounts as a', 'a.id', 'o.account_id')
    .whereIn('a.username', ['hd.02', 'hd.03', 'hd.04'])
    .orderBy('a.username')
    .select<{ id: string }[]>('o.id');
  const appraiser = await findAccountByUsername(db, 'snv.chuyenvien');
  const actor = await loadActor(db, appraiser?.id ?? '', today);
  return {
    server,
    clients,
    actor: known(actor ?? undefined, 'appraiser'),
    deciding: { schedule: rulebook, ports, moment: momentOf(ports) },
    unitId: (code) => known(units.get(code), code),
    clusterOf: (unitCode) => {
      const found = clusters.find(({ members }) => members.some(({ code }) => code === unitCode));
      const { id, members } = known(found, unitCode);
      return { id, memberUnitIds: members.map(({ unit_id }) => unit_id) };
    },
    sheetId: known(sheet, 'score sheet').id,
    packId: rulebook.packOn(today).id,
    movementId: await demoMovement(server),
    file: await uploadOne(server),
    seats: seats.map(({ id }) => id),
  };
}

async function uploadOne(server: TestServer): Promise<Province['file']> {
  const form = new FormData();
  form.append('file', new Blob([samples.pdf()]), 'thanh-tich.pdf');
  const { body } = await (await server.as('tumorong.canbo')).post('/files', form);
  const row = await server.database.db<Province['file']>('files').where({ id: body.id }).first();
  return known(row, 'uploaded file');
}

/** The value, which the demo province has or the test is wrong. */
export function known<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`the demo province has no ${name}`);
  return value;
}
