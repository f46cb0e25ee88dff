import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../../db/connect.ts';
import { checkInvariants } from '../../../db/invariants.ts';
import { verifyRecord } from '../../../services/audit/verifyRecord.ts';
import { draftMovement } from '../../support/movements.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let owner: Knex;

beforeAll(async () => {
  server = await startTestServer();
  owner = connect(server.database.ownerUrl, { poolSize: 1 });
});

afterAll(async () => {
  await owner.destroy();
  await server.close();
});

async function launched(): Promise<string> {
  const id = await draftMovement(server);
  const chairman = await server.as('chutich');
  await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' });
  return id;
}

/** What only the owner of the schema could do: change history behind the triggers. */
async function tamper(statement: string, id: string): Promise<void> {
  await owner.transaction(async (trx) => {
    await trx.raw('alter table workflow_history disable trigger user');
    await trx.raw(statement, [id]);
    await trx.raw('alter table workflow_history enable trigger user');
  });
}

describe('the verifier', () => {
  test('finds nothing on a record that nobody touched, and counts it', async () => {
    await launched();
    const { broken, cases, events } = await verifyRecord(server.database.db);
    expect(broken).toBeNull();
    expect(events).toBeGreaterThanOrEqual(cases + 1);
  });

  test('no invariant is broken on the demo province', async () => {
    const results = await checkInvariants(server.database.db);
    expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
  });

  test('names the event whose content the owner of the database changed', async () => {
    const id = await launched();
    await tamper(`update workflow_history set actor_id = null where instance_id = ? and revision = 2`, id);
    expect((await verifyRecord(server.database.db)).broken).toEqual({
      instanceId: id,
      revision: 2,
      problem: 'says something else than its hash',
    });
    await owner.raw('delete from history_details where instance_id = ?', [id]);
  });

  test('names the event whose words were changed, and accepts words that were erased', async () => {
    const other = await startTestServer();
    const otherOwner = connect(other.database.ownerUrl, { poolSize: 1 });
    try {
      const id = await draftMovement(other);
      await otherOwner.raw(`update history_details set detail = '{"title": "khác"}' where instance_id = ?`, [
        id,
      ]);
      expect((await verifyRecord(other.database.db)).broken).toEqual({
        instanceId: id,
        revision: 1,
        problem: 'its words are not those that were recorded',
      });
      await otherOwner.raw('delete from history_details where instance_id = ?', [id]);
      expect((await verifyRecord(other.database.db)).broken).toBeNull();
    } finally {
      await otherOwner.destroy();
      await other.close();
    }
  });
});
