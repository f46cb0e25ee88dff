import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { all, lookup, newest, UnknownWorkflow } from '../../../workflows/registry.ts';
import { allowedEvents, begin, missingFacts, restore, step } from '../../../workflows/workflow.ts';
import { inputs, payloads, someDecision, someNomination } from '../../support/workflowPayloads.ts';
import { everyFact, refusal, stored } from '../../support/workflowTable.ts';

const nomination = newest('nomination');
const context = {
  route: { clusterVote: true, council: true, higher: false },
  returnTo: null,
  heldFrom: null,
};
const clusterReview = stored(nomination, 'clusterReview', context);

describe('begin', () => {
  test('starts in the first state, with nothing asked for', () => {
    expect(begin(nomination, { route: context.route })).toEqual({
      state: 'draft',
      finished: false,
      effects: [],
      snapshot: expect.objectContaining({ status: 'active', value: 'draft', context, children: {} }),
    });
  });

  test('refuses a wrong input', () => {
    expect(() => begin(nomination, { route: { clusterVote: true } })).toThrow(z.ZodError);
    expect(() => begin(newest('decision'), { kind: 'gift', decisionId: someDecision })).toThrow(z.ZodError);
    expect(() => begin(newest('movement'), { extra: 1 })).toThrow(z.ZodError);
  });
});

describe('step', () => {
  test('a refusal carries the event, the state, what is allowed and what is missing', () => {
    const facts = { ...everyFact(nomination, false), notYetVoted: true };
    const event = { type: 'CLOSE_CLUSTER_REVIEW', payload: {}, facts };
    expect(refusal(() => step(nomination, clusterReview, event))).toMatchObject({
      code: 'event-not-allowed',
      message: 'Event CLOSE_CLUSTER_REVIEW is not allowed in state clusterReview',
      event: 'CLOSE_CLUSTER_REVIEW',
      state: 'clusterReview',
      allowed: ['CAST_CLUSTER_VOTE', 'RETURN', 'HOLD', 'WITHDRAW'],
      missing: ['clusterVoteClosable'],
    });
  });

  test.each(['NO_SUCH_EVENT', '*', '', 'xstate.init', 'constructor'])(
    'refuses the unknown event "%s"',
    (type) => {
      const refused = refusal(() => step(nomination, clusterReview, { type, payload: {}, facts: {} }));
      expect(refused).toMatchObject({ event: type, missing: [] });
    },
  );

  test('leaves the stored snapshot as it was', () => {
    const before = JSON.stringify(clusterReview);
    step(nomination, clusterReview, { type: 'RETURN', payload: { reason: 'Thiếu báo cáo' }, facts: {} });
    expect(JSON.stringify(clusterReview)).toBe(before);
  });

  test('a move that breaks asks for nothing later', () => {
    const session = newest('councilSession');
    const inSession = stored(session, 'inSession', {});
    const facts = everyFact(session, true);
    const broken = { type: 'CLOSE_BALLOT', payload: { nominationId: 'not-an-id' }, facts };
    expect(() => step(session, inSession, broken)).toThrow(z.ZodError);
    expect(() => step(session, inSession, { ...broken, payload: undefined })).toThrow();
    expect(step(session, inSession, { type: 'ADJOURN', payload: {}, facts }).effects).toEqual([
      { type: 'openDeadline', kind: 'minutes', owedBy: 'councilSecretary' },
    ]);
  });

  test('a fact that nobody gave decides nothing, neither for nor against', () => {
    const event = { type: 'CLOSE_CLUSTER_REVIEW', payload: {}, facts: { clusterVoteClosable: true } };
    expect(refusal(() => step(nomination, clusterReview, event)).missing).toEqual(['clusterVotePassed']);
  });
});

describe('restore', () => {
  test('refuses a state that this version does not have', () => {
    expect(() => restore(nomination, stored(nomination, 'limbo', context))).toThrow();
  });

  test('refuses a context that is not of this version', () => {
    expect(() => restore(nomination, stored(nomination, 'draft', { route: context.route }))).toThrow(
      z.ZodError,
    );
    expect(() => restore(nomination, stored(nomination, 'draft', {}))).toThrow(z.ZodError);
  });

  test('refuses a snapshot that failed', () => {
    const failed = { ...(stored(nomination, 'draft', context) as object), status: 'error' };
    expect(() => restore(nomination, failed)).toThrow('Broken snapshot of nomination version 1');
  });
});

describe('allowedEvents', () => {
  test('counts an event whose guard looks at the payload when some payload would do', () => {
    const round = newest('scoringRound');
    expect(allowedEvents(round, stored(round, 'crossScoring', {}), {})).toEqual(['REOPEN']);
    expect(allowedEvents(round, stored(round, 'finalized', {}), {})).toEqual(['REOPEN']);
    expect(allowedEvents(round, stored(round, 'selfScoring', {}), {})).toEqual([]);
  });

  test('holds system events too, and keeps to the context', () => {
    const higher = { ...context, route: { ...context.route, higher: true } };
    expect(allowedEvents(nomination, stored(nomination, 'awaitingDecision', context), {})).toEqual([
      'AWARD',
      'HOLD',
      'WITHDRAW',
    ]);
    expect(allowedEvents(nomination, stored(nomination, 'awaitingDecision', higher), {})).toEqual([
      'FORWARD',
      'HOLD',
      'WITHDRAW',
    ]);
  });
});

describe('missingFacts', () => {
  const session = newest('councilSession');
  const inSession = stored(session, 'inSession', {});

  test('names all that one way lacks', () => {
    expect(missingFacts(session, inSession, 'OPEN_BALLOT', { quorum: true })).toEqual([
      'caseBallotOpenable',
      'caseBallotLawful',
    ]);
  });

  test('of several ways, names what the nearest one lacks', () => {
    const none = everyFact(session, false);
    expect(missingFacts(session, inSession, 'CLOSE_SCORING', none)).toEqual(['caseScoringClosable']);
    const passed = { ...none, caseScoresPassed: true };
    expect(missingFacts(session, inSession, 'CLOSE_SCORING', passed)).toEqual(['caseScoringClosable']);
  });

  test('is empty when the event can happen, and when no fact would help', () => {
    expect(missingFacts(session, inSession, 'ADJOURN', { noOpenCase: true })).toEqual([]);
    expect(missingFacts(session, inSession, 'SIGN_MINUTES', {})).toEqual([]);
  });
});

describe('registry', () => {
  test('finds each version by name and number', () => {
    expect(all().map(({ name, version }) => lookup(name, version).name)).toEqual([
      'movement',
      'registration',
      'scoringRound',
      'nomination',
      'councilSession',
      'decision',
    ]);
    expect(all().map(({ machine }) => machine.version)).toEqual(all().map(({ version }) => String(version)));
  });

  test('throws for what was never shipped', () => {
    expect(() => lookup('nomination', 99)).toThrow(new UnknownWorkflow('nomination', 99));
    expect(() => lookup('election', 1)).toThrow('Unknown workflow election version 1');
  });
});

describe('what the definitions promise', () => {
  const each = all().map((definition) => [definition.name, definition] as const);

  test.each(each)(
    '%s: labels exist in both languages, in NFC, for all that the machine has',
    (_, definition) => {
      const { machine, states, events, facts, terms, label } = definition;
      expect(Object.keys(states)).toEqual(Object.keys(machine.states));
      expect(new Set(Object.keys(events))).toEqual(new Set(machine.events));
      const labels = [...Object.values(states), ...Object.values(events)].map((entry) => entry.label);
      for (const { vi, en } of [label, ...labels, ...Object.values(facts), ...Object.values(terms)]) {
        expect([vi.trim(), en.trim()]).toEqual([vi.normalize('NFC'), en]);
        expect(vi.length * en.length).toBeGreaterThan(0);
      }
    },
  );

  test.each(each)('%s: sample payloads are valid, and a foreign field is refused', (_, definition) => {
    for (const [type, samples] of Object.entries(payloads[definition.name])) {
      for (const sample of samples) {
        expect(definition.events[type]?.payload.parse(sample)).toEqual(sample);
        expect(definition.events[type]?.payload.safeParse({ ...sample, extra: 1 }).success).toBe(false);
      }
    }
  });

  test.each(each)('%s: every payload field has a title in both languages', (_, definition) => {
    for (const { payload } of Object.values(definition.events)) {
      const { properties = {} } = z.toJSONSchema(payload, { io: 'input' });
      for (const field of Object.values(properties)) {
        expect(field).toMatchObject({ title: expect.any(String), titleEn: expect.any(String) });
      }
    }
  });

  test('a reason is trimmed, and between one and 2,000 characters long', () => {
    const reason = (text: string) => nomination.events['HOLD']?.payload.safeParse({ reason: text });
    expect(reason('  Có đơn thư  ')?.data).toEqual({ reason: 'Có đơn thư' });
    expect(reason('x'.repeat(2000))?.success).toBe(true);
    expect([reason('   '), reason('x'.repeat(2001))].map((result) => result?.success)).toEqual([
      false,
      false,
    ]);
  });

  test('a context factory bears that XState calls it without an input', () => {
    for (const { machine, context: schema, name } of all()) {
      const factory = machine.config.context as object | ((given: { input: unknown }) => object);
      for (const input of [undefined, ...inputs[name]]) {
        expect(schema.safeParse(typeof factory === 'function' ? factory({ input }) : factory).success).toBe(
          true,
        );
      }
    }
  });

  test('what a signal carries is what the event it sends asks for', () => {
    const signals = [
      ['COUNCIL_PASSED', { nominationId: someNomination }],
      ['COUNCIL_FAILED', { nominationId: someNomination, reason: 'belowMinimumScore' }],
      ['COUNCIL_FAILED', { nominationId: someNomination, reason: 'shareOfVotesMissed' }],
      ['AWARD', { decisionId: someDecision }],
      ['REVOKE', { decisionId: someDecision }],
    ] as const;
    for (const [type, payload] of signals) {
      expect(nomination.events[type]).toMatchObject({ system: true });
      expect(nomination.events[type]?.payload.parse(payload)).toEqual(payload);
    }
    const system = Object.keys(nomination.events).filter((type) => nomination.events[type]?.system);
    expect(new Set(system)).toEqual(new Set(signals.map(([type]) => type)));
  });
});
