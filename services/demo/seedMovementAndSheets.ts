import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { z } from 'zod';
import { findAccountByUsername } from '../../db/accounts.ts';
import { insertCriteriaSheet } from '../../db/criteriaSheets.ts';
import { unitsOn } from '../../db/organisation.ts';
import { dispatchMessages, markMessageDone } from '../../db/outbox.ts';
import type { Actor, Office } from '../accounts/actor.ts';
import { loadActor } from '../accounts/loadActor.ts';
import { canonicalJson } from '../audit/canonicalJson.ts';
import { createMovement } from '../movements/createMovement.ts';
import { movementCapability } from '../movements/movementCapability.ts';
import type { Ports } from '../ports.ts';
import { printPath } from '../scoring/problems.ts';
import { checkRoundSheet } from '../scoring/rounds/roundSheet.ts';
import { createDoor } from '../workflow/door.ts';
import { NO_CASE, officeForNew } from '../workflow/policy.ts';

const movementSchema = z.object({
  title: z.string(),
  kind: z.enum(['thematic', 'regular']),
  planNumber: z.string(),
  planDate: z.iso.date(),
  issuer: z.string(),
  theme: z.string(),
  goal: z.string(),
  periodFrom: z.int(),
  periodTo: z.int(),
  standingAgency: z.string(),
  focalAgency: z.string(),
  targets: z.array(
    z.object({
      indicator: z.string(),
      place: z.string(),
      measure: z.string(),
      direction: z.enum(['increase', 'decrease']),
      low: z.string(),
      high: z.string(),
      source: z.string(),
    }),
  ),
  contents: z.array(z.object({ text: z.string(), groups: z.array(z.string()) })),
});

const sheetsSchema = z.array(
  z.object({
    code: z.string(),
    version: z.int(),
    title: z.string(),
    provenance: z.string(),
    content: z.looseObject({}),
  }),
);

function readSeed<T>(name: string, schema: z.ZodType<T>): T {
  const file = new URL(`../../db/seed/${name}`, import.meta.url);
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * The movement of Plan 2736/KH-UBND, launched by the chairman, and two illustrative score sheets, published.
 * `ports` give the domain time at which it happens.
 */
export async function seedMovementAndSheets(trx: Knex.Transaction, ports: Ports): Promise<void> {
  await seedMovement(trx, ports);
  await seedSheets(trx, ports);
}

async function seedMovement(trx: Knex.Transaction, ports: Ports): Promise<void> {
  const { standingAgency, focalAgency, ...plan } = readSeed('demoMovement.json', movementSchema);
  const units = new Map((await unitsOn(trx, ports.clock.today())).map(({ code, id }) => [code, id]));
  const agency = await actorOf(trx, ports, 'snv.chuyenvien');
  const id = await createMovement(
    trx,
    ports,
    { actor: agency, office: heldOffice(officeForNew(movementCapability.policy, agency, NO_CASE)) },
    {
      ...plan,
      standingAgencyId: units.get(standingAgency) ?? '',
      focalAgencyId: units.get(focalAgency) ?? '',
    },
  );
  await launch(trx, ports, id);
}

/** The chairman launches it through the door, so that its history is what any launch leaves. */
async function launch(trx: Knex.Transaction, ports: Ports, id: string): Promise<void> {
  const capabilities = new Map([[movementCapability.workflow, movementCapability]]);
  // A launch opens no deadline, so the days of a schedule are never asked for.
  const schedule = { dueOn: noDeadline, workingDaysBetween: noDeadline, addWorkingDays: noDeadline };
  const chairman = await actorOf(trx, ports, 'chutich');
  const [row] = await movementCapability.readCases(trx, [id], ports.clock.today());
  if (row === undefined) throw new Error('the demo movement cannot be read');
  const knock = {
    row,
    type: 'LAUNCH',
    payload: {},
    actor: chairman,
    expectedRevision: null,
  };
  await createDoor({ db: trx, capabilities, schedule, ports }).apply(knock, trx);
  // The province announced this plan in 2017, on paper; nobody is mailed about it on the first start.
  const wall = ports.clock.wall();
  const announced = await dispatchMessages(trx, { wall, leaseMs: 0, limit: 10 });
  for (const message of announced) await markMessageDone(trx, message.id, wall);
}

function noDeadline(): never {
  throw new Error('launching a movement opens no deadline');
}

async function seedSheets(trx: Knex.Transaction, { newId, clock }: Ports): Promise<void> {
  for (const sheet of readSeed('demoSheets.json', sheetsSchema)) {
    const checked = checkRoundSheet(sheet.content);
    if ('problems' in checked) {
      const said = checked.problems.map(({ path, message }) => `${printPath(path)}: ${message}`);
      throw new Error(`demo score sheet ${sheet.code}: ${said.join('; ')}`);
    }
    const hash = createHash('sha256').update(canonicalJson(sheet.content)).digest('hex');
    await insertCriteriaSheet(trx, { ...sheet, id: newId(), hash, published_at: clock.now() });
  }
}

async function actorOf(trx: Knex.Transaction, { clock }: Ports, username: string): Promise<Actor> {
  const account = await findAccountByUsername(trx, username);
  const actor = account === null ? null : await loadActor(trx, account.id, clock.today());
  if (actor === null) throw new Error(`the demo province has no account ${username}`);
  return actor;
}

function heldOffice(office: Office | null): Office {
  if (office === null) throw new Error('the demo account lacks the office for this step');
  return office;
}
