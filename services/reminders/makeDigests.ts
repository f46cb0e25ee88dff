import type { Knex } from 'knex';
import { insertLines, insertMails, lockOpenDigests, voidOldDigests } from '../../db/mails.ts';
import {
  endWaiting,
  settleWaiting,
  waitAgain,
  waitingEntries,
  type WaitingEntry,
} from '../../db/reminderEntries.ts';
import { lockDigests } from '../../db/locks.ts';
import type { Party } from '../../workflows/effects.ts';
import { provinceRole, reminderSeats } from '../notifications/audience.ts';
import { findPeople } from '../notifications/findPeople.ts';
import { messageIdOf } from '../notifications/messageId.ts';
import type { Ports } from '../ports.ts';
import { escalationOf } from './ladder.ts';

export interface DigestDeps {
  db: Knex;
  ports: Ports;
  publicUrl: string;
}

const BATCH = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** An account that is to be told of an entry. */
interface Need {
  entryId: string;
  accountId: string;
}

/**
 * Puts what people are to be reminded of into their digest of today, one for each person and day. Where today's has
 * been taken for sending already, the entry waits for tomorrow's. Entries that nobody owes any more are settled.
 */
export async function makeDigests(deps: DigestDeps): Promise<void> {
  const today = deps.ports.clock.today();
  // Each step is a transaction of its own that locks mails before entries, as sending does: else they would die on
  // each other. Each may run again at any time.
  await alone(deps, async (trx) => waitAgain(trx, await voidOldDigests(trx, today)));
  await alone(deps, settleWaiting);
  for (let after: string | null = FIRST; after !== null;) {
    const from: string = after;
    after = await alone(deps, (trx) => tellBatch(deps, trx, from, today));
  }
}

/** Two that make digests at once would each put an entry into a digest of its own day. */
function alone<Result>(
  { db }: DigestDeps,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (trx) => {
    await lockDigests(trx);
    return work(trx);
  });
}

/** Tells of the next waiting entries; answers the last one's id, or null when there are no more. */
async function tellBatch(
  deps: DigestDeps,
  trx: Knex.Transaction,
  after: string,
  today: string,
): Promise<string | null> {
  const entries = await waitingEntries(trx, after, BATCH);
  await tell(deps, trx, entries, today);
  return entries.length < BATCH ? null : (entries.at(-1)?.id ?? null);
}

async function tell(
  { ports, publicUrl }: DigestDeps,
  trx: Knex.Transaction,
  entries: readonly WaitingEntry[],
  today: string,
): Promise<void> {
  if (entries.length === 0) return;
  const needs = await needsOf(trx, entries, today);
  const accountIds = [...new Set(needs.map(({ accountId }) => accountId))].sort();
  await insertMails(
    trx,
    accountIds.map((accountId) => {
      const id = ports.newId();
      return {
        id,
        kind: 'digest',
        account_id: accountId,
        on_date: today,
        outbox_id: null,
        message_id: messageIdOf(id, publicUrl),
        subject: null,
        body: null,
        created_at: ports.clock.now(),
      };
    }),
  );
  const open = await lockOpenDigests(trx, accountIds, today);
  const digestOf = new Map(open.map(({ id, account_id }) => [account_id, id]));
  const lines = needs.flatMap(({ entryId, accountId }) => {
    const mailId = digestOf.get(accountId);
    return mailId === undefined ? [] : [{ mail_id: mailId, entry_id: entryId }];
  });
  await insertLines(trx, lines);
  const unmet = new Set(
    needs.filter(({ accountId }) => !digestOf.has(accountId)).map(({ entryId }) => entryId),
  );
  const met = new Set([...lines.map((line) => line.entry_id), ...entries.filter(isTold).map(({ id }) => id)]);
  await endWaiting(
    trx,
    [...met].filter((id) => !unmet.has(id)),
  );
}

const isTold = ({ told }: WaitingEntry): boolean => told.length > 0;

/** Who is still to be told of which entry, by the offices and clusters of today. */
async function needsOf(
  trx: Knex.Transaction,
  entries: readonly WaitingEntry[],
  today: string,
): Promise<Need[]> {
  const people = await findPeople(trx, today, {
    clusterIds: entries.flatMap(({ owed_cluster_id }) => owed_cluster_id ?? []),
    roles: ['agencyHead', ...entries.flatMap(({ owed_by }) => provinceRole(owed_by as Party) ?? [])],
  });
  return entries.flatMap(({ id, step, told, owed_by, owed_unit_id, owed_cluster_id, case_unit_id }) => {
    const obligation = { owedBy: owed_by as Party, owedUnitId: owed_unit_id, caseUnitId: case_unit_id };
    const seats = reminderSeats(obligation, escalationOf(step), people.cluster(owed_cluster_id));
    return people
      .on(seats)
      .filter((accountId) => !told.includes(accountId))
      .map((accountId) => ({ entryId: id, accountId }));
  });
}
