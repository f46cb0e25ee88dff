import type { Knex } from 'knex';
import type { Notices } from '../../db/notices.ts';
import type { Mailer, OutgoingMail } from '../../services/notifications/mailer.ts';
import { sendMail } from '../../services/notifications/sendMail.ts';
import { newId, randomHex, type Clock, type Ports } from '../../services/ports.ts';
import { makeDigests } from '../../services/reminders/makeDigests.ts';
import { sweepDeadlines } from '../../services/reminders/sweepDeadlines.ts';
import { createRulebook, type Rulebook } from '../../services/rules/rulebook.ts';
import type { DeadlineKind, Party } from '../../workflows/effects.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const PUBLIC_URL = 'https://sovang.example';

/** The reminder side of the product on a day that the test sets, with a mailer that only writes down. */
export interface ReminderHouse {
  ports: Ports;
  rulebook: Rulebook;
  sent: OutgoingMail[];
  /** Makes it eight in the morning of that day. */
  goTo(day: string): void;
  /** Moves the wall clock, on which leases and retries run. */
  waitWall(ms: number): void;
  /** What the mail server does next; by default it takes every mail. */
  onSend: (mail: OutgoingMail) => Promise<void>;
  sweep(): Promise<number>;
  digest(): Promise<void>;
  /** Sends every mail that waits; answers what became of them, in order. */
  sendAll(): Promise<string[]>;
}

export async function reminderHouse(db: Knex): Promise<ReminderHouse> {
  const noNotices: Notices = { connected: () => true, on: () => undefined, close: () => Promise.resolve() };
  const rulebook = await createRulebook(db, noNotices);
  let day = '2018-01-02';
  let wall = Date.parse('2026-11-24T01:00:00Z');
  const clock: Clock = {
    now: () => new Date(`${day}T01:00:00Z`),
    today: () => day,
    wall: () => new Date(wall),
  };
  const ports: Ports = { clock, newId, randomHex, log: silent };
  const sent: OutgoingMail[] = [];
  const house: ReminderHouse = {
    ports,
    rulebook,
    sent,
    onSend: () => Promise.resolve(),
    goTo: (to) => {
      day = to;
    },
    waitWall: (ms) => {
      wall += ms;
    },
    sweep: () => sweepDeadlines({ db, ports, rulebook }),
    digest: () => makeDigests({ db, ports, publicUrl: PUBLIC_URL }),
    sendAll: async () => {
      const rows = await db('mails')
        .whereIn('status', ['pending', 'sending'])
        .orderBy('id')
        .select<{ id: string }[]>('id');
      const outcomes: string[] = [];
      for (const { id } of rows) {
        outcomes.push(await sendMail({ db, ports, mailer, publicUrl: PUBLIC_URL, rulebook }, id));
      }
      return outcomes;
    },
  };
  const mailer: Mailer = {
    send: async (mail) => {
      await house.onSend(mail);
      sent.push(mail);
    },
    close: () => undefined,
  };
  return house;
}

/** A deadline with the case it belongs to, written straight into the tables. */
export interface TestDeadline {
  kind: DeadlineKind;
  owedBy: Party;
  openedOn: string;
  dueOn: string;
  owedUnit?: string;
  owedCluster?: string;
  caseUnit?: string;
}

/** Writes a case and an open deadline; units and clusters are given by code. */
export async function openDeadline(
  db: Knex,
  deadline: TestDeadline,
): Promise<{ id: string; caseId: string }> {
  const [id] = await openMany(db, 1, deadline);
  const row = await db('deadlines')
    .where({ id })
    .first<{ id: string; instance_id: string }>('id', 'instance_id');
  return { id: row.id, caseId: row.instance_id };
}

/** As many cases with such a deadline each. Answers the deadlines' ids. */
export async function openMany(db: Knex, count: number, deadline: TestDeadline): Promise<string[]> {
  const idOf = async (table: 'units' | 'clusters', code: string | undefined): Promise<string | null> =>
    code === undefined ? null : (await db(table).where({ code }).first<{ id: string }>('id')).id;
  const unit = await idOf('units', deadline.owedUnit);
  const cluster = await idOf('clusters', deadline.owedCluster);
  const at = `${deadline.openedOn}T01:00:00Z`;
  const rows = Array.from({ length: count }, () => ({ id: newId(), caseId: newId() }));
  const caseUnit = (await idOf('units', deadline.caseUnit)) ?? unit;
  await db.transaction(async (trx) => {
    await trx.batchInsert(
      'workflow_instances',
      rows.map(({ caseId }) => ({
        id: caseId,
        workflow: 'nomination',
        version: 1,
        state: 'appraisal',
        revision: 1,
        finished: false,
        snapshot: '{}',
        head_hash: 'h',
        unit_id: caseUnit,
        cluster_id: cluster,
        created_at: at,
        updated_at: at,
      })),
    );
    await trx.batchInsert(
      'workflow_history',
      rows.map(({ caseId }) => ({
        instance_id: caseId,
        revision: 1,
        kind: 'created',
        type: 'CREATED',
        to_state: 'appraisal',
        at,
        detail_digest: 'd',
        prev_hash: 'p',
        hash: 'h',
      })),
    );
    await trx.batchInsert(
      'deadlines',
      rows.map(({ id, caseId }) => ({
        id,
        instance_id: caseId,
        kind: deadline.kind,
        owed_by: deadline.owedBy,
        owed_unit_id: unit,
        owed_cluster_id: cluster,
        opened_on: deadline.openedOn,
        due_on: deadline.dueOn,
      })),
    );
  });
  return rows.map(({ id }) => id);
}

/** Empties deadlines, ledger and mails between two tests on one database. */
export async function forgetDeadlines(db: Knex): Promise<void> {
  for (const table of ['mail_entries', 'mails', 'reminder_entries', 'deadlines']) await db(table).delete();
}

/** Ends an open deadline on that day, as the door does. */
export async function closeDeadline(db: Knex, id: string, today: string): Promise<void> {
  await db('deadlines').where({ id }).whereNull('closed_on').update({ closed_on: today, outcome: 'met' });
}

/** The ledger of one deadline: step, status and whether somebody still waits, in order of days. */
export async function ledgerOf(db: Knex, deadlineId: string): Promise<string[]> {
  const rows = await db('reminder_entries')
    .where({ deadline_id: deadlineId })
    .orderBy(['scheduled_on', 'id'])
    .select<{ step: string; status: string }[]>('step', 'status');
  return rows.map(({ step, status }) => `${step} ${status}`);
}
