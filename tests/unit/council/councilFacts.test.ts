import { describe, expect, test } from '@jest/globals';
import type { Choice } from '../../../db/openVotes.ts';
import type { AgendaCase } from '../../../db/views/councilSessionCases.ts';
import { councilFacts } from '../../../services/council/councilFacts.ts';
import { sheetRule, voteRule } from '../../support/councilRules.ts';
import { agendaCaseOf, ballotOf, membersOf, sessionOf, viewer } from '../../support/councilSession.ts';

const secretary = viewer('councilSecretary');
const chairman = viewer('chairman');
const about = (nominationId: string, more: object = {}) => ({ nominationId, ...more });

function sheets(count: number, points: Record<string, string>): AgendaCase['sheets'] {
  return Array.from({ length: count }, (_, index) => ({
    member_id: `m${index + 1}`,
    points,
    handed_in: true,
  }));
}

const scoring = (overrides: Partial<AgendaCase> = {}) =>
  agendaCaseOf({ sheet_rule: sheetRule(), scoring: 'open', ...overrides });

const voting = (votes: readonly Choice[], members = 13, rule = voteRule()) => {
  const roll = membersOf(members).map(({ id }) => id);
  return agendaCaseOf({ vote_rule: rule, ballot_stage: 'open', ballot: ballotOf(roll, members, votes) });
};

describe('quorum', () => {
  const quorum = (present: number, cases: AgendaCase[]) =>
    councilFacts(sessionOf(membersOf(13, present), cases), null, secretary)['quorum'];

  test('is the exact share of all members, not of those invited', () => {
    expect(quorum(8, [agendaCaseOf()])).toBe(false);
    expect(quorum(9, [agendaCaseOf()])).toBe(true);
  });

  test('is the strictest of the cases on the agenda', () => {
    const strict = agendaCaseOf({
      nomination_id: 'n2',
      vote_rule: voteRule({ quorum: { num: 10, den: 13 } }),
    });
    expect(quorum(9, [agendaCaseOf(), strict])).toBe(false);
    expect(quorum(10, [agendaCaseOf(), strict])).toBe(true);
  });

  test('is never met by a council without members', () => {
    expect(councilFacts(sessionOf([], [agendaCaseOf()]), null, secretary)['quorum']).toBe(false);
  });
});

describe('scoring of a case', () => {
  const facts = (each: AgendaCase, present = 13) =>
    councilFacts(sessionOf(membersOf(13, present), [each]), about('n1'), secretary);

  test('opens once, while the case is before the council', () => {
    const waiting = scoring({ scoring: 'waiting' });
    expect(facts(waiting)['caseScoringOpenable']).toBe(true);
    expect(facts({ ...waiting, nomination_state: 'onHold' })['caseScoringOpenable']).toBe(false);
    for (const stage of ['notNeeded', 'open', 'passed', 'failed'] as const) {
      expect(facts(scoring({ scoring: stage }))['caseScoringOpenable']).toBe(false);
    }
  });

  test('closes when all who may score have handed in, or as many as the rule asks for', () => {
    expect(facts(scoring({ sheets: sheets(8, { A: '60', B: '40' }) }))['caseScoringClosable']).toBe(false);
    expect(facts(scoring({ sheets: sheets(9, { A: '60', B: '40' }) }))['caseScoringClosable']).toBe(true);
    expect(facts(scoring({ sheets: sheets(8, { A: '60', B: '40' }) }), 8)['caseScoringClosable']).toBe(true);
  });

  test('does not wait for a recused member', () => {
    const recusals = [{ member_id: 'm9', reason: 'x' }];
    const eight = scoring({ sheets: sheets(8, { A: '60', B: '40' }) });
    expect(facts(eight, 9)['caseScoringClosable']).toBe(false);
    expect(facts({ ...eight, recusals }, 9)['caseScoringClosable']).toBe(true);
  });

  test('does not close on nothing', () => {
    expect(facts(scoring(), 0)['caseScoringClosable']).toBe(false);
  });

  test('passes at the minimum exactly, and not a hair below', () => {
    const passed = (points: Record<string, string>) =>
      facts(scoring({ sheets: sheets(9, points) }))['caseScoresPassed'];
    expect(passed({ A: '48', B: '32' })).toBe(true);
    expect(passed({ A: '48', B: '31.999999' })).toBe(false);
  });

  test('fails with fewer scorers than the rule asks for, however high the points', () => {
    const eight = scoring({ sheets: sheets(8, { A: '60', B: '40' }) });
    expect(facts(eight, 8)['caseScoresPassed']).toBe(false);
  });
});

describe('ballot on a case', () => {
  const facts = (each: AgendaCase, present = 13) =>
    councilFacts(sessionOf(membersOf(13, present), [each]), about('n1'), secretary);
  const waiting = agendaCaseOf({ vote_rule: voteRule(), ballot_stage: 'waiting' });

  test('opens after passed scores, or at once where none are asked for', () => {
    expect(facts(waiting)['caseBallotOpenable']).toBe(true);
    const scored = (stage: AgendaCase['scoring']) =>
      facts({ ...waiting, sheet_rule: sheetRule(), scoring: stage })['caseBallotOpenable'];
    expect([scored('waiting'), scored('open'), scored('passed'), scored('failed')]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('opens once: a ballot that was closed is not held again', () => {
    for (const stage of ['open', 'passed', 'failed'] as const) {
      expect(facts({ ...waiting, ballot_stage: stage })['caseBallotOpenable']).toBe(false);
    }
  });

  test('does not open with nobody on the roll', () => {
    expect(facts(waiting, 0)['caseBallotOpenable']).toBe(false);
  });

  test.each([
    ['open', true],
    ['secret', false],
    ['written', false],
  ] as const)('by the method %s is lawful here: %s', (method, lawful) => {
    expect(facts({ ...waiting, vote_rule: voteRule({ method }) })['caseBallotLawful']).toBe(lawful);
  });

  test('without a payload is lawful only where an openable one is', () => {
    const secret = { ...waiting, vote_rule: voteRule({ method: 'secret' }) };
    const done = { ...waiting, nomination_id: 'n2', ballot_stage: 'passed' as const };
    const offered = councilFacts(sessionOf(membersOf(13), [secret, done]), null, secretary);
    expect([offered['caseBallotOpenable'], offered['caseBallotLawful']]).toEqual([true, false]);
  });

  test('closes when all on the roll have voted', () => {
    const votes: Choice[] = Array.from({ length: 13 }, () => 'no');
    expect(facts(voting(votes.slice(1)))['caseBallotClosable']).toBe(false);
    expect(facts(voting(votes))['caseBallotClosable']).toBe(true);
  });

  test('closes earlier on an order of the chairman only', () => {
    const session = sessionOf(membersOf(13), [voting(['yes'])]);
    const closable = (payload: unknown, by = chairman) =>
      councilFacts(session, payload, by)['caseBallotClosable'];
    expect(closable(about('n1', { chairOrder: 'Kết thúc' }))).toBe(true);
    expect(closable(about('n1'))).toBe(false);
    expect(closable(about('n1', { chairOrder: 'Kết thúc' }), secretary)).toBe(false);
    expect(closable(null)).toBe(true);
    expect(closable(null, secretary)).toBe(false);
  });

  test('is not closed with an order that is not the chairman’s, even when all have voted', () => {
    const all = sessionOf(membersOf(1), [voting(['yes'], 1)]);
    const payload = about('n1', { chairOrder: 'Kết thúc' });
    expect(councilFacts(all, payload, secretary)['caseBallotClosable']).toBe(false);
  });

  test.each([
    [9, 10, 9, 9],
    [9, 10, 11, 10],
    [9, 10, 13, 12],
    [9, 10, 15, 14],
    [9, 10, 17, 16],
    [4, 5, 9, 8],
    [4, 5, 11, 9],
    [4, 5, 13, 11],
    [4, 5, 15, 12],
    [4, 5, 17, 14],
  ])('%i/%i of %i members passes with %i yes and not with one less', (num, den, members, needed) => {
    const rule = voteRule({ minimum: { num, den } });
    const passed = (yes: number) => {
      const votes = Array.from({ length: members }, (_, index): Choice => (index < yes ? 'yes' : 'no'));
      const session = sessionOf(membersOf(members), [voting(votes, members, rule)]);
      return councilFacts(session, about('n1'), secretary)['caseBallotPassed'];
    };
    expect([passed(needed), passed(needed - 1)]).toEqual([true, false]);
  });

  test('takes neither an abstention nor silence for a yes', () => {
    const ten: Choice[] = Array.from({ length: 10 }, () => 'yes');
    const passed = (votes: Choice[]) =>
      councilFacts(
        sessionOf(membersOf(13), [voting(votes)]),
        about('n1', { chairOrder: 'Kết thúc' }),
        chairman,
      )['caseBallotPassed'];
    expect([passed([...ten, 'abstain', 'abstain', 'abstain']), passed(ten), passed([...ten, 'yes'])]).toEqual(
      [false, false, true],
    );
  });
});

describe('a session', () => {
  const noOpenCase = (each: AgendaCase) =>
    councilFacts(sessionOf(membersOf(13), [each]), null, secretary)['noOpenCase'];

  test('is not adjourned while a case is open, unless that case has been withdrawn', () => {
    expect(noOpenCase(scoring())).toBe(false);
    expect(noOpenCase(voting([]))).toBe(false);
    expect(noOpenCase(scoring({ nomination_state: 'onHold' }))).toBe(false);
    expect(noOpenCase(scoring({ nomination_state: 'withdrawn', nomination_finished: true }))).toBe(true);
    expect(noOpenCase(agendaCaseOf({ vote_rule: voteRule(), ballot_stage: 'waiting' }))).toBe(true);
  });

  test('knows nothing of a case that is not on its agenda', () => {
    const facts = councilFacts(sessionOf(membersOf(13), [voting([])]), about('other'), chairman);
    expect([facts['caseBallotClosable'], facts['caseBallotOpenable'], facts['caseScoringOpenable']]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
