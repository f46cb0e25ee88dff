import type { Knex } from 'knex';
import { nextChainHeads, readChains, type ChainHead, type ChainRow } from '../../db/views/historyChains.ts';
import { detailDigest, GENESIS, linkHash } from './chain.ts';

/** What the check found: how much was read, and the first place that does not hold, or null. */
export interface Verification {
  cases: number;
  events: number;
  broken: { instanceId: string; revision: number; problem: string } | null;
}

const BATCH = 500;

/**
 * Checks the whole record again from what is stored: that every case's chain is whole, each link hashes to what
 * it says, the words are those that were digested, and the case stands where its chain ends. Stops at the first
 * broken place, in order of case id and revision.
 */
export async function verifyRecord(db: Knex): Promise<Verification> {
  const done: Verification = { cases: 0, events: 0, broken: null };
  let after: string | null = null;
  for (;;) {
    const heads: ChainHead[] = await nextChainHeads(db, after, BATCH);
    if (heads.length === 0) return done;
    const rows = await readChains(
      db,
      heads.map(({ id }) => id),
    );
    const chains = byCase(rows);
    for (const head of heads) {
      const chain = chains.get(head.id) ?? [];
      done.cases += 1;
      done.events += chain.length;
      const broken = brokenLink(chain) ?? brokenHead(head, chain);
      if (broken !== null) return { ...done, broken: { instanceId: head.id, ...broken } };
    }
    after = heads.at(-1)?.id ?? null;
  }
}

function byCase(rows: readonly ChainRow[]): Map<string, ChainRow[]> {
  const chains = new Map<string, ChainRow[]>();
  for (const row of rows) chains.set(row.instance_id, [...(chains.get(row.instance_id) ?? []), row]);
  return chains;
}

type Broken = { revision: number; problem: string } | null;

function brokenLink(chain: readonly ChainRow[]): Broken {
  let previous = GENESIS;
  for (const [index, row] of chain.entries()) {
    const { revision } = row;
    if (revision !== index + 1) return { revision: index + 1, problem: 'this event is missing' };
    if (row.prev_hash !== previous) return { revision, problem: 'does not follow the event before it' };
    if (row.hash !== hashOf(row)) return { revision, problem: 'says something else than its hash' };
    if (row.salt !== null && detailDigest(row.salt, row.detail) !== row.detail_digest) {
      return { revision, problem: 'its words are not those that were recorded' };
    }
    previous = row.hash;
  }
  return null;
}

function brokenHead(head: ChainHead, chain: readonly ChainRow[]): Broken {
  const last = chain.at(-1);
  if (last?.revision !== head.revision)
    return { revision: head.revision, problem: 'the last event is missing' };
  if (last.hash !== head.head_hash)
    return { revision: head.revision, problem: 'the case names another last event' };
  if (last.to_state !== head.state)
    return { revision: head.revision, problem: 'the case is in another state' };
  return null;
}

function hashOf(row: ChainRow): string {
  return linkHash(row.prev_hash, {
    instanceId: row.instance_id,
    revision: row.revision,
    kind: row.kind,
    type: row.type,
    fromState: row.from_state,
    toState: row.to_state,
    actorId: row.actor_id,
    officeId: row.office_id,
    at: row.at.toISOString(),
    detailDigest: row.detail_digest,
  });
}
