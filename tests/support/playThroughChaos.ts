import type { Knex } from 'knex';
import { connect } from '../../db/connect.ts';
import { checkInvariants } from '../../db/invariants.ts';
import { verifyRecord } from '../../services/audit/verifyRecord.ts';
import { playYear } from '../../services/scenario/playYear.ts';
import { lostOf } from './acknowledged.ts';
import { createChaos, type Blow } from './chaos.ts';
import { messageFaults, untilDrained } from './messages.ts';
import type { Product } from './product.ts';
import { TEST_PASSWORD } from './seedTemplate.ts';

/** A restarted product takes up again what a dead sender held only after its lease; the play waits for that. */
const LONGEST_WAIT_MS = 120_000;

/** What a year that was killed again and again came to. Everything but `year` and `fallen` is empty where it should. */
export interface Survived {
  year: number;
  /** Where it was killed. */
  fallen: string[];
  /** Acknowledged and not there any more, after a restart or at the end. */
  lost: string[];
  /** The record's first break, after a restart or at the end. */
  broken: unknown[];
  breaches: string[];
  messages: string[];
}

/** Plays the next year while the product is killed at these points, and says what is wrong afterwards. */
export async function playThroughChaos(product: Product, blows: readonly Blow[]): Promise<Survived> {
  const lost: string[] = [];
  const broken: unknown[] = [];
  const chaos = createChaos(product, blows, async (answers, { at }) => {
    await withDatabase(product, async (db) => {
      const missing = await lostOf(db, product.dataDir, answers);
      lost.push(...missing.map((what) => `${at}: ${what}`));
      const { broken: found } = await verifyRecord(db);
      if (found !== null) broken.push({ at, ...found });
    });
  });
  const { baseUrl } = product;
  const say = () => undefined;
  const password = TEST_PASSWORD;
  const year = await playYear({ ...chaos, baseUrl, password, say, longestWaitMs: LONGEST_WAIT_MS });
  return withDatabase(product, async (db) => {
    await untilDrained(db);
    lost.push(...(await lostOf(db, product.dataDir, chaos.answers)));
    const { broken: found } = await verifyRecord(db);
    if (found !== null) broken.push(found);
    const breaches = (await checkInvariants(db)).filter((each) => each.breaches > 0).map(({ name }) => name);
    const fallen = chaos.fallen.map(({ at }) => at);
    return { year, fallen, lost, broken, breaches, messages: await messageFaults(db) };
  });
}

/** Works with the product's database as its own role. */
export async function withDatabase<Result>(
  product: Product,
  work: (db: Knex) => Promise<Result>,
): Promise<Result> {
  const db = connect(await product.databaseUrl(), { poolSize: 2 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}
