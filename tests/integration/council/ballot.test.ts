import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nominationBeforeCouncil } from '../../support/councilCases.ts';
import { voteRule } from '../../support/councilRules.ts';
import { COUNCIL, draftSitting, openSitting, type Sitting } from '../../support/councilSitting.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

type Vote = NonNullable<Parameters<typeof nominationBeforeCouncil>[1]['vote']>;

async function sittingOver(vote: Vote, present = COUNCIL) {
  const nominationId = await nominationBeforeCouncil(server, { sheet: null, vote });
  const sitting = await draftSitting(server, [nominationId]);
  await openSitting(sitting, present);
  return { nominationId, sitting };
}

async function ballotFor(sitting: Sitting, username: string) {
  const [only] = (await sitting.read(username))['cases'] as { ballot: Record<string, unknown> }[];
  return only?.ballot ?? {};
}

const stateOf = async (nominationId: string) =>
  (await (await server.as('snv.lanhdao')).get(`/nominations/${nominationId}`)).body.workflow.state;

const missing = (reply: { body: { missing: { fact: string }[] } }) =>
  reply.body.missing.map(({ fact }) => fact);

describe('an open ballot', () => {
  test('fixes roll, base and votes needed before anybody votes, and hides how others voted until it closes', async () => {
    const { nominationId, sitting } = await sittingOver(voteRule(), COUNCIL.slice(0, 12));
    expect((await sitting.vote('hd.02', nominationId, 'yes')).status).toBe(409);
    await sitting.must('OPEN_BALLOT', { nominationId });
    await sitting.presence('hd.12', false);
    await sitting.presence('hd.13', true);
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({
      fixed: true,
      base: 13,
      needed: 11,
      rollSize: 12,
      votesCast: 0,
      mayVote: true,
      onRoll: true,
    });

    expect((await sitting.vote('hd.02', nominationId, 'no')).status).toBe(201);
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({ mayVote: false, ownChoice: 'no' });
    for (const username of ['hd.03', 'hd.thuky', 'chutich', 'thanhtra']) {
      expect(await ballotFor(sitting, username)).toMatchObject({
        votesCast: 1,
        votes: null,
        result: null,
        ownChoice: null,
      });
      const reader = await server.as(username);
      const { items } = (await reader.get(`/council-sessions/${sitting.id}/history`)).body;
      expect(items.at(-1)).toMatchObject({
        type: 'VOTE_CAST',
        detail: { nominationId, memberId: sitting.seat('hd.02') },
      });
      expect(JSON.stringify(items.at(-1))).not.toContain('choice');
    }

    const outsider = await sitting.vote('hd.13', nominationId, 'yes');
    expect([outsider.status, outsider.body.detail]).toEqual([
      403,
      'Không có tên trong danh sách biểu quyết đã chốt khi mở biểu quyết.',
    ]);
    expect((await sitting.vote('hd.thuky', nominationId, 'yes')).status).toBe(403);
    expect((await sitting.vote('hd.03', nominationId, 'maybe')).status).toBe(422);
    for (const username of ['chutich', ...COUNCIL.slice(2, 12)]) {
      expect([username, (await sitting.vote(username, nominationId, 'yes')).status]).toEqual([username, 201]);
    }
    await sitting.must('CLOSE_BALLOT', { nominationId });
    const closed = await ballotFor(sitting, 'thanhtra');
    expect(closed).toMatchObject({
      result: { yes: 11, no: 1, abstain: 0, silent: 0, passed: true, reason: null },
    });
    expect(closed['votes']).toContainEqual({ memberId: sitting.seat('hd.02'), choice: 'no' });
    expect(closed['rollAtOpen']).toContain(sitting.seat('hd.12'));
    expect(closed['rollAtClose']).not.toContain(sitting.seat('hd.12'));
    expect(closed['rollAtClose']).toContain(sitting.seat('hd.13'));
    expect(await stateOf(nominationId)).toBe('awaitingDecision');
    const late = await sitting.vote('hd.02', nominationId, 'yes');
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
  });

  test('takes one vote of a member that sends many at once', async () => {
    const { nominationId, sitting } = await sittingOver(voteRule());
    await sitting.must('OPEN_BALLOT', { nominationId });
    const before = (await sitting.read()).workflow.revision;
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        sitting.vote('hd.02', nominationId, index % 2 === 0 ? 'yes' : 'no'),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const votes = await server.database
      .db('open_votes as v')
      .join('ballots as b', 'b.id', 'v.ballot_id')
      .where({ 'b.nomination_id': nominationId })
      .select('v.member_id');
    expect(votes).toEqual([{ member_id: sitting.seat('hd.02') }]);
    expect((await sitting.read()).workflow.revision).toBe(before + 1);
  });

  test('takes the votes of all members at once, each once', async () => {
    const { nominationId, sitting } = await sittingOver(voteRule());
    await sitting.must('OPEN_BALLOT', { nominationId });
    const replies = await Promise.all(COUNCIL.map((username) => sitting.vote(username, nominationId, 'yes')));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(13).fill(201));
    await sitting.must('CLOSE_BALLOT', { nominationId });
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({ result: { yes: 13 } });
  });

  test('that misses the share by one vote leaves the case not approved, and it cannot be decided on', async () => {
    const { nominationId, sitting } = await sittingOver(voteRule());
    await sitting.must('OPEN_BALLOT', { nominationId });
    for (const username of COUNCIL) {
      const choice = ['hd.02', 'hd.03', 'hd.04'].includes(username) ? 'abstain' : 'yes';
      await sitting.vote(username, nominationId, choice);
    }
    const closed = await sitting.must('CLOSE_BALLOT', { nominationId });
    expect(closed['cases']).toMatchObject([
      {
        state: 'failed',
        reason: 'shareOfVotesMissed',
        nominationState: 'notApproved',
        ballot: {
          result: {
            yes: 10,
            abstain: 3,
            passed: false,
            reason: { vi: 'Có 10/13 phiếu đồng ý, cần ít nhất 11.' },
          },
        },
      },
    ]);
    expect(await stateOf(nominationId)).toBe('notApproved');
    const again = await sitting.send('OPEN_BALLOT', { nominationId, reason: 'Biểu quyết lại' });
    expect([again.status, missing(again)]).toEqual([409, ['caseBallotOpenable']]);
  });

  test('closes before all have voted only on the chairman’s recorded order, and silence is no vote', async () => {
    const { nominationId, sitting } = await sittingOver(voteRule());
    await sitting.must('OPEN_BALLOT', { nominationId });
    for (const username of COUNCIL.slice(0, 10)) await sitting.vote(username, nominationId, 'yes');
    expect(missing(await sitting.send('CLOSE_BALLOT', { nominationId }))).toEqual(['caseBallotClosable']);
    const order = { nominationId, chairOrder: 'Đã hết giờ biểu quyết' };
    expect((await sitting.send('CLOSE_BALLOT', order)).status).toBe(403);
    const offered = (username: string) =>
      sitting.read(username).then(({ workflow }) => workflow.allowedEvents.map(({ type }) => type));
    expect(await offered('hd.thuky')).not.toContain('CLOSE_BALLOT');
    expect(await offered('chutich')).toContain('CLOSE_BALLOT');
    await sitting.must('CLOSE_BALLOT', order, 'chutich');
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({
      result: { yes: 10, silent: 3, passed: false, chairOrder: 'Đã hết giờ biểu quyết' },
    });
    expect(await stateOf(nominationId)).toBe('notApproved');
  });
});

describe('recusal and absence', () => {
  test.each([
    ['keepsBase', 13, 11],
    ['leavesBase', 12, 10],
  ] as const)(
    'a recused member has no vote; where the rule says %s the base is %i',
    async (recusal, base, needed) => {
      const { nominationId, sitting } = await sittingOver(voteRule({ recusal }));
      expect((await sitting.recuse('hd.02', nominationId)).status).toBe(200);
      await sitting.must('OPEN_BALLOT', { nominationId });
      expect(await ballotFor(sitting, 'hd.02')).toMatchObject({ base, needed, rollSize: 12, onRoll: false });
      expect((await sitting.vote('hd.02', nominationId, 'yes')).status).toBe(403);
      expect((await sitting.recuse('hd.03', nominationId)).status).toBe(409);
    },
  );

  test('the absent are on the roll and vote in writing where the rule asks them', async () => {
    const present = COUNCIL.slice(0, 9);
    const rule = voteRule({ absent: 'written', minimum: { num: 9, den: 10 } });
    const { nominationId, sitting } = await sittingOver(rule, present);
    await sitting.must('OPEN_BALLOT', { nominationId });
    for (const username of present) await sitting.vote(username, nominationId, 'yes');
    expect(missing(await sitting.send('CLOSE_BALLOT', { nominationId }))).toEqual(['caseBallotClosable']);
    for (const username of COUNCIL.slice(9, 12)) {
      expect((await sitting.vote(username, nominationId, 'yes')).status).toBe(201);
    }
    const closed = await sitting.must(
      'CLOSE_BALLOT',
      { nominationId, chairOrder: 'Hết hạn lấy ý kiến' },
      'chutich',
    );
    expect(closed['cases']).toMatchObject([
      { ballot: { base: 13, needed: 12, rollSize: 13, result: { yes: 12, silent: 1, passed: true } } },
    ]);
  });

  test('only those present count where the rule’s base is the present', async () => {
    const present = COUNCIL.slice(0, 9);
    const rule = voteRule({ base: 'present', minimum: { num: 2, den: 3 } });
    const { nominationId, sitting } = await sittingOver(rule, present);
    await sitting.must('OPEN_BALLOT', { nominationId });
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({ base: 9, needed: 6, rollSize: 9 });
  });
});

describe('a secret ballot', () => {
  test('is refused with the reason, and leaves no ballot, roll, vote or box behind', async () => {
    const rule = voteRule({ method: 'secret', minimum: { num: 9, den: 10 } });
    const { nominationId, sitting } = await sittingOver(rule);
    const refused = await sitting.send('OPEN_BALLOT', { nominationId });
    expect([refused.status, missing(refused)]).toEqual([409, ['caseBallotLawful']]);
    expect(refused.body.detail).toContain('bỏ phiếu kín chưa được hỗ trợ');
    expect(await ballotFor(sitting, 'hd.02')).toMatchObject({
      stage: 'waiting',
      needed: 12,
      refusal: { en: 'Secret ballots are not supported yet: voter and choice could not be kept apart.' },
    });
    expect((await sitting.vote('hd.02', nominationId, 'yes')).status).toBe(409);
    expect(await server.database.db('ballots').where({ nomination_id: nominationId })).toEqual([]);
    expect(await server.database.db('ballot_box')).toEqual([]);
    const history = await sitting.secretary.get(`/council-sessions/${sitting.id}/history`);
    expect(JSON.stringify(history.body)).not.toContain('VOTE_CAST');
    await sitting.must('ADJOURN');
    expect(await stateOf(nominationId)).toBe('councilReview');
  });
});
