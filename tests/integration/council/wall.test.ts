import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { COUNCIL, draftSitting, openSitting, type Sitting } from '../../support/councilSitting.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

/** What the database refuses to the app's own role, whatever the app would say. */
let server: TestServer;
let sitting: Sitting;
let openCase: string;
let closedCase: string;
let openBallot: string;
let closedBallot: string;

const FOREIGN_KEY = '23503';
const UNIQUE = '23505';
const CHECK = '23514';
const RESTRICT = '23001';
const NO_PRIVILEGE = '42501';

beforeAll(async () => {
  server = await startTestServer();
  openCase = await nominationBeforeCouncil(server, { sheet: null, vote: voteRule() });
  closedCase = await nominationBeforeCouncil(server, { sheet: sheetRule(), vote: voteRule() });
  sitting = await draftSitting(server, [openCase, closedCase]);
  await openSitting(sitting, COUNCIL.slice(0, 12));
  await sitting.must('OPEN_SCORING', { nominationId: closedCase });
  for (const username of COUNCIL.slice(0, 9)) await sitting.sheet(username, closedCase, { A: '60', B: '40' });
  await sitting.must('CLOSE_SCORING', { nominationId: closedCase });
  await sitting.must('OPEN_BALLOT', { nominationId: closedCase });
  for (const username of COUNCIL.slice(0, 11)) await sitting.vote(username, closedCase, 'yes');
  await sitting.must('CLOSE_BALLOT', { nominationId: closedCase, chairOrder: 'Hết giờ' }, 'chutich');
  await sitting.must('OPEN_BALLOT', { nominationId: openCase });
  await sitting.vote('hd.02', openCase, 'yes');
  openBallot = await ballotOf(openCase);
  closedBallot = await ballotOf(closedCase);
});

afterAll(() => server.close());

async function ballotOf(nominationId: string): Promise<string> {
  const { db } = server.database;
  const row = await db<{ id: string; nomination_id: string }>('ballots')
    .where({ nomination_id: nominationId })
    .first();
  return row?.id ?? '';
}

/** The SQLSTATE with which the database refuses, or null where it does not. */
async function refusal(sql: string, bindings: Record<string, string> = {}): Promise<string | null> {
  try {
    await server.database.db.transaction((trx) => trx.raw(sql, bindings));
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const insertVote = `insert into open_votes (ballot_id, method, stage, member_id, choice, cast_at)
  values (:ballot, 'open', 'open', :member, 'yes', now())`;

describe('votes, as the app’s role', () => {
  test('of a member who is not on the roll are refused', async () => {
    const member = sitting.seat('hd.13');
    expect(await refusal(insertVote, { ballot: openBallot, member })).toBe(FOREIGN_KEY);
  });

  test('a second one of the same member is refused', async () => {
    const member = sitting.seat('hd.02');
    expect(await refusal(insertVote, { ballot: openBallot, member })).toBe(UNIQUE);
  });

  test('after the close are refused, also of a member who has not voted', async () => {
    const member = sitting.seat('hd.12');
    expect(await refusal(insertVote, { ballot: closedBallot, member })).toBe(CHECK);
  });

  test('cannot be cast for a ballot that is not open to names', async () => {
    const secret = insertVote.replace("'open', 'open'", "'secret', 'open'");
    const member = sitting.seat('hd.03');
    expect(await refusal(secret, { ballot: openBallot, member })).toBe(CHECK);
  });

  test.each([
    ['changed', `update open_votes set choice = 'no'`],
    ['deleted', 'delete from open_votes'],
    ['truncated', 'truncate open_votes'],
    ['freed of their guard', 'alter table open_votes disable trigger all'],
  ])('are never %s', async (_, sql) => {
    expect(await refusal(sql)).toBe(NO_PRIVILEGE);
  });
});

describe('rolls and ballots, as the app’s role', () => {
  const enrol = `insert into ballot_roll (ballot_id, member_id, stage) values (:ballot, :member, 'open')`;

  test('a roll takes nobody in once its ballot is open', async () => {
    expect(await refusal(enrol, { ballot: openBallot, member: sitting.seat('hd.13') })).toBe(CHECK);
  });

  test('a roll takes in members of the session only', async () => {
    const secretary = await server.database
      .db<{ id: string; role: string }>('offices')
      .where({ role: 'councilSecretary' })
      .first();
    expect(await refusal(enrol, { ballot: openBallot, member: secretary?.id ?? '' })).toBe(CHECK);
  });

  test('a roll is never changed or deleted', async () => {
    expect(await refusal('delete from ballot_roll')).toBe(NO_PRIVILEGE);
    expect(await refusal(`update ballot_roll set stage = 'close'`)).toBe(NO_PRIVILEGE);
  });

  test('an open ballot keeps its base and the votes needed, and closes only with what was voted', async () => {
    const id = { id: openBallot };
    expect(await refusal('update ballots set base = 1 where id = :id', id)).toBe(CHECK);
    expect(await refusal('update ballots set needed = 1 where id = :id', id)).toBe(CHECK);
    const close = (yes: number, passed: boolean) =>
      refusal(`update ballots set closed_at = now(), yes = ${yes}, passed = ${passed} where id = :id`, id);
    expect(await close(11, true)).toBe(CHECK);
    expect(await close(1, true)).toBe(CHECK);
  });

  test('a closed ballot stays as it was closed', async () => {
    const id = { id: closedBallot };
    expect(await refusal('update ballots set passed = false where id = :id', id)).toBe(CHECK);
    const reopen = 'update ballots set closed_at = null, yes = null, passed = null where id = :id';
    expect(await refusal(reopen, id)).toBe(CHECK);
    expect(await refusal('delete from ballots where id = :id', id)).toBe(RESTRICT);
  });

  test('a ballot that asks for less than its rule is refused', async () => {
    const insert = `
      insert into ballots (id, session_id, nomination_id, round, method, rule, base, needed, roll_size, opened_at)
        select :id, session_id, nomination_id, 9, 'open', vote_rule, 13, 1, 1, now()
          from council_cases where nomination_id = :nomination`;
    expect(await refusal(insert, { id: randomUUID(), nomination: openCase })).toBe(CHECK);
  });
});

describe('sheets and results, as the app’s role', () => {
  test('sheets are not changed, added or deleted after the close of scoring', async () => {
    const of = { nomination: closedCase };
    const change = 'where nomination_id = :nomination';
    expect(await refusal(`update council_sheets set handed_in = false ${change}`, of)).toBe(CHECK);
    expect(await refusal(`delete from council_sheets ${change}`, of)).toBe(CHECK);
    const insert = `
      insert into council_sheets (id, session_id, nomination_id, member_id, points, handed_in, updated_at)
        values (:id, :session, :nomination, null, '{}', true, now())`;
    expect(await refusal(insert, { ...of, id: randomUUID(), session: sitting.id })).toBe(CHECK);
  });

  test('rules and results of a case stay', async () => {
    const change = (set: string, nomination: string) =>
      refusal(`update council_cases set ${set} where nomination_id = :nomination`, { nomination });
    expect(await change('vote_rule = null', openCase)).toBe(CHECK);
    expect(await change(`scoring = 'open'`, closedCase)).toBe(CHECK);
    expect(await change(`ballot = 'failed'`, closedCase)).toBe(CHECK);
  });
});
