import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCase } from '../../../services/workflow/startCase.ts';
import {
  draftAward,
  expectOk,
  issueDecision,
  issuedAward,
  itemsOf,
  signDecision,
} from '../../support/decisions.ts';
import { refusalOf } from '../../support/refusals.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';
import { waitingNominations } from '../../support/waitingNominations.ts';

/** Everything here is tried as the app's own role, past the door. */
let server: TestServer;
let db: Knex;
let newId: () => string;

beforeAll(async () => {
  server = await startTestServer();
  db = server.database.db;
  newId = server.wired.ports.newId;
});

afterAll(() => server.close());

const denied = (rule: string) => ({ code: '42501', rule });
const broken = (rule: string) => ({ code: '23514', rule });
const stays = (rule: string) => ({ code: '23001', rule });

/** An award row for that case, as an attacker would write it. */
async function enter(trx: Knex, nominationId: string, decisionId: string | null, bookNumber = 1) {
  const nomination = await trx('nominations').where({ id: nominationId }).first<Record<string, unknown>>();
  await trx('awards').insert({
    id: newId(),
    nomination_id: nominationId,
    decision_id: decisionId,
    award_code: nomination['award_code'],
    award_name: '{}',
    pack_id: nomination['pack_id'],
    unit_id: nomination['unit_id'],
    subject_type: 'individual',
    recipient_name: 'Kẻ mạo danh',
    year: 2018,
    decided_on: '2018-01-02',
    decision_number: '666/QĐ-UBND',
    authority: 'Tự phong',
    book_year: 1999,
    book_number: bookNumber,
    public_code: newId(),
    recorded_at: new Date(),
  });
}

/** Moves a case by hand, with a history event that claims it. */
async function forge(trx: Knex, id: string, state: string) {
  const row = await trx('workflow_instances').where({ id }).first<{ state: string; revision: number }>();
  await trx('workflow_history').insert({
    instance_id: id,
    revision: row.revision + 1,
    kind: 'event',
    type: 'FORGED',
    from_state: row.state,
    to_state: state,
    at: new Date(),
    detail_digest: '',
    prev_hash: '',
    hash: '',
  });
  await trx('workflow_instances')
    .where({ id })
    .update({ state, revision: row.revision + 1 });
}

/** A council session that says of the case that its scores passed, on nine sheets with these points. */
async function claimScores(nominationId: string, points: Record<string, string>) {
  const id = newId();
  const actor = await db('accounts').where({ username: 'hd.thuky' }).first<{ id: string }>('id');
  const members = await db('offices')
    .where({ role: 'councilMember' })
    .limit(9)
    .select<{ id: string }[]>('id');
  const key = { session_id: id, nomination_id: nominationId };
  await db.transaction(async (trx) => {
    await startCase(trx, server.wired.ports, {
      id,
      workflow: 'councilSession',
      unitId: null,
      clusterId: null,
      input: {},
      actor: { accountId: actor.id, username: '', displayName: '', offices: [], ties: [], scopes: null },
      officeId: null,
      detail: {},
    });
    await trx('council_sessions').insert({
      id,
      title: 'Phiên giả',
      member_ids: members.map((each) => each.id),
    });
    await trx('council_cases').insert({
      ...key,
      ordinal: 1,
      quorum: '{}',
      scoring: 'open',
      ballot: 'notNeeded',
    });
    await trx('council_sheets').insert(
      members.map(({ id: member_id }) => ({
        ...key,
        id: newId(),
        member_id,
        points: JSON.stringify(points),
        handed_in: true,
        updated_at: new Date(),
      })),
    );
    await trx('council_cases').where(key).update({ scoring: 'passed' });
  });
}

const list = (trx: Knex, decisionId: string, nominationId: string) =>
  trx('decision_items').insert({ decision_id: decisionId, nomination_id: nominationId, ordinal: 99 });

const only = async (options = {}) => (await waitingNominations(server, 1, options))[0] ?? '';

const draftOver = async (nominationIds: string[]) => expectOk(await draftAward(server, nominationIds)).id;

describe('an award', () => {
  test('without a decision is refused', async () => {
    const nomination = await only();
    expect(await refusalOf(enter(db, nomination, null))).toEqual(broken('awards_have_a_decision'));
  });

  test('by a decision that is drafted or signed, and not issued, is refused', async () => {
    const nomination = await only();
    const decision = await draftOver([nomination]);
    expect(await refusalOf(enter(db, nomination, decision))).toEqual(broken('awards_have_a_decision'));
    await signDecision(server, decision);
    expect(await refusalOf(enter(db, nomination, decision))).toEqual(broken('awards_have_a_decision'));
  });

  test('by an issued decision that does not list its case is refused', async () => {
    const [listed, other] = [await only(), await only()];
    const { id } = await issuedAward(server, [listed], '100/QĐ-UBND');
    expect(await refusalOf(enter(db, other, id))).toEqual(broken('awards_have_a_decision'));
    expect(await refusalOf(enter(db, listed, id))).toEqual({
      code: '23505',
      rule: 'awards_nomination_id_key',
    });
  });

  test('of a higher authority is refused without its granted decision', async () => {
    const nomination = await only({ awardCode: 'merit_certificate_pm', higher: true });
    expect(await refusalOf(enter(db, nomination, null))).toEqual(broken('awards_have_a_decision'));
    const withPaper = db.transaction(async (trx) => {
      await trx('higher_decisions').insert({
        nomination_id: nomination,
        granted: true,
        authority: 'Thủ tướng Chính phủ',
        number: '1/QĐ-TTg',
        decided_on: '2018-01-02',
        recorded_at: new Date(),
      });
      await enter(trx, nomination, null);
    });
    // The paper is there, yet the council never voted.
    expect(await refusalOf(withPaper)).toEqual(broken('awards_have_a_decision'));
  });

  test('stays as it was entered', async () => {
    await issuedAward(server, [await only()], '101/QĐ-UBND');
    expect(await refusalOf(db('awards').update({ recipient_name: 'Khác' }))).toEqual(
      denied('permission denied for table awards'),
    );
    expect(await refusalOf(db('awards').delete())).toEqual(denied('permission denied for table awards'));
    expect(await refusalOf(db.raw('truncate awards cascade'))).toEqual(
      denied('permission denied for table awards'),
    );
  });

  test('does not leave a gap in the golden book, whatever the counter says', async () => {
    const decision = await draftOver([await only()]);
    await signDecision(server, decision);
    const counter = await db('book_counters').where({ year: 2018 }).first<{ last_number: number }>();
    await db('book_counters')
      .where({ year: 2018 })
      .update({ last_number: counter.last_number + 5 });
    expect((await issueDecision(server, decision, '102/QĐ-UBND')).status).toBe(500);
    await db('book_counters').where({ year: 2018 }).update({ last_number: counter.last_number });
    expect((await issueDecision(server, decision, '102/QĐ-UBND')).status).toBe(200);
  });
});

describe('a decision', () => {
  test('does not list a case without its required vote or scores, even when somebody says that it passed', async () => {
    const decision = await draftOver([]);
    const unvoted = await only({ awardCode: 'provincial_emulation_flag' });
    const unscored = await only({ awardCode: 'excellent_labour_collective' });
    const unballoted = await only({ awardCode: 'provincial_emulation_fighter' });
    for (const nomination of [unvoted, unscored, unballoted]) {
      expect(await refusalOf(list(db, decision, nomination))).toEqual(broken('decision_items_are_lawful'));
    }
    const claimed = db.transaction(async (trx) => {
      await trx('cluster_vote_results').insert({
        nomination_id: unvoted,
        yes: 9,
        base: 9,
        needed: 6,
        passed: true,
        closed_at: new Date(),
      });
      await list(trx, decision, unvoted);
    });
    expect(await refusalOf(claimed)).toEqual(broken('cluster_vote_results_are_counted'));
  });

  test('does not list a case whose scores are said to have passed and stay below the minimum', async () => {
    const decision = await draftOver([]);
    const low = await only({ awardCode: 'excellent_labour_collective' });
    const high = await only({ awardCode: 'excellent_labour_collective' });
    await claimScores(low, { C1: '50', C2: '19.99', C3: '10' });
    expect(await refusalOf(list(db, decision, low))).toEqual(broken('decision_items_are_lawful'));
    await claimScores(high, { C1: '50', C2: '20', C3: '10' });
    await list(db, decision, high);
  });

  test('does not list a case that is not waiting, or that another draft lists', async () => {
    const decision = await draftOver([]);
    const listed = await only();
    await draftOver([listed]);
    for (const nomination of [await only({ stopAt: 'appraisal' }), listed]) {
      expect(await refusalOf(list(db, decision, nomination))).toEqual(broken('decision_items_are_lawful'));
    }
  });

  test('keeps its items once it has left its draft, and its words once it is numbered', async () => {
    const [listed, other] = [await only(), await only()];
    const decision = await draftOver([listed]);
    await signDecision(server, decision);
    expect(await refusalOf(list(db, decision, other))).toEqual(broken('decision_items_are_lawful'));
    expect(await refusalOf(db('decision_items').where({ decision_id: decision }).delete())).toEqual(
      broken('decision_items_are_lawful'),
    );
    expect(await refusalOf(db('decision_items').update({ ordinal: 1 }))).toEqual(
      denied('permission denied for table decision_items'),
    );
    expect(await refusalOf(db('decisions').where({ id: decision }).update({ kind: 'revocation' }))).toEqual(
      stays('decisions is write-once: UPDATE refused'),
    );
    expectOk(await issueDecision(server, decision, '110/QĐ-UBND'));
    expect(await refusalOf(db('decisions').where({ id: decision }).update({ number: '1/QĐ' }))).toEqual(
      stays('decisions is write-once: UPDATE refused'),
    );
    expect(await refusalOf(db('decisions').delete())).toEqual(
      denied('permission denied for table decisions'),
    );
  });

  test('is not issued by hand: neither without signature and number, nor for some of its cases only', async () => {
    const decision = await draftOver([await only()]);
    const empty = await draftOver([]);
    for (const id of [decision, empty]) {
      for (const state of ['signed', 'issued']) {
        expect(await refusalOf(db.transaction((trx) => forge(trx, id, state)))).toEqual(
          broken('decisions_are_lawful'),
        );
      }
    }
    await signDecision(server, decision);
    const numbered = db.transaction(async (trx) => {
      await trx('decisions').where({ id: decision }).update({ number: '111/QĐ', issued_on: '2018-01-02' });
      await forge(trx, decision, 'issued');
    });
    expect(await refusalOf(numbered)).toEqual(broken('decisions_are_lawful'));
  });

  test('stays issued, and its cases awarded', async () => {
    const { id, ...issued } = await issuedAward(server, [await only()], '112/QĐ-UBND');
    const [item] = itemsOf({ id, ...issued });
    expect(await refusalOf(db.transaction((trx) => forge(trx, id, 'draft')))).toEqual(
      broken('settled_states_stay'),
    );
    const back = db.transaction((trx) => forge(trx, item?.nominationId ?? '', 'awaitingDecision'));
    expect(await refusalOf(back)).toEqual(broken('settled_states_stay'));
    const revoked = db.transaction((trx) => forge(trx, item?.nominationId ?? '', 'revoked'));
    expect(await refusalOf(revoked)).toEqual(broken('awarded_cases_have_an_award'));
  });

  test('takes no award back that it does not name', async () => {
    const { id, ...issued } = await issuedAward(server, [await only()], '113/QĐ-UBND');
    const awardId = itemsOf({ id, ...issued })[0]?.goldenBook?.awardId;
    const row = { award_id: awardId, decision_id: id, reason: 'x', recorded_at: new Date() };
    expect(await refusalOf(db('award_revocations').insert(row))).toEqual(
      broken('revocations_have_a_decision'),
    );
    expect(await refusalOf(db('award_corrections').insert({ ...row, recipient_name: 'Khác' }))).toEqual(
      broken('corrections_have_a_decision'),
    );
  });
});

describe('history and state', () => {
  test('of a case are not rewritten, dropped or emptied', async () => {
    const refused = denied('permission denied for table workflow_history');
    expect(await refusalOf(db('workflow_history').update({ type: 'X' }))).toEqual(refused);
    expect(await refusalOf(db('workflow_history').delete())).toEqual(refused);
    expect(await refusalOf(db.raw('truncate workflow_history cascade'))).toEqual(refused);
  });

  test('do not part: a state that no history event says is refused', async () => {
    const nomination = await only();
    const moved = db('workflow_instances').where({ id: nomination }).update({ state: 'awarded' });
    expect(await refusalOf(moved)).toEqual({ code: '23503', rule: 'workflow_instances_state_has_history' });
    const claimed = db.transaction((trx) => forge(trx, nomination, 'awarded'));
    expect(await refusalOf(claimed)).toEqual(broken('awarded_cases_have_an_award'));
  });

  test('of a case keep the rule that it was begun under', async () => {
    const nomination = await only({ awardCode: 'provincial_emulation_flag' });
    const easier = db('nominations')
      .where({ id: nomination })
      .update({ award_code: 'merit_certificate_province' });
    expect(await refusalOf(easier)).toEqual(stays('nominations is write-once: UPDATE refused'));
    expect(await refusalOf(db('rule_packs').update({ content: '{}' }))).toEqual(
      denied('permission denied for table rule_packs'),
    );
  });
});

describe('the guards', () => {
  test('cannot be switched off by the app', async () => {
    for (const table of ['workflow_history', 'awards', 'decision_items', 'workflow_instances']) {
      expect(await refusalOf(db.raw('alter table ?? disable trigger all', [table]))).toEqual(
        denied(`must be owner of table ${table}`),
      );
    }
    expect(await refusalOf(db.raw('drop trigger awards_have_a_decision on awards'))).toEqual(
      denied('must be owner of relation awards'),
    );
    expect(await refusalOf(db.raw("set session_replication_role = 'replica'"))).toEqual(
      denied('permission denied to set parameter "session_replication_role"'),
    );
    const emptied =
      "create or replace function guard_award() returns trigger language plpgsql as 'begin return null; end'";
    expect((await refusalOf(db.raw(emptied))).code).toBe('42501');
  });

  test('are not misled by temporary tables of the same name', async () => {
    const nomination = await only();
    const misled = db.transaction(async (trx) => {
      await trx.raw('create temporary table higher_decisions (nomination_id uuid, granted boolean)');
      await trx.raw('insert into higher_decisions values (?, true)', [nomination]);
      await trx.raw('create temporary table workflow_instances (id uuid, state text)');
      await trx.raw("insert into workflow_instances values (?, 'awarded')", [nomination]);
      await enter(trx, nomination, null);
    });
    expect(await refusalOf(misled)).toEqual(broken('awards_have_a_decision'));
  });
});
