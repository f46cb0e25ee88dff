import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Effect } from '../../../workflows/effects.ts';
import { all } from '../../../workflows/registry.ts';
import {
  allowedEvents,
  begin,
  EventNotAllowed,
  step,
  type Facts,
  type PersistedSnapshot,
  type Step,
  type WorkflowDefinition,
} from '../../../workflows/workflow.ts';
import { inputs, payloads } from '../../support/workflowPayloads.ts';
import { throughJson } from '../../support/workflowPaths.ts';

type Clocks = Record<string, 'open' | 'paused'>;

/** What runs, and what stands still, in each state. States that are not named have nothing. */
const running: Record<string, Clocks> = {
  'registration submitted': { registrationReview: 'open' },
  'scoringRound selfScoring': { selfScoring: 'open' },
  'scoringRound crossScoring': { crossScoring: 'open' },
  'scoringRound explanation': { explanation: 'open' },
  'scoringRound verification': { verification: 'open' },
  'nomination clusterReview': { clusterReview: 'open' },
  'nomination appraisal': { appraisal: 'open' },
  'nomination awaitingDecision': { decision: 'open' },
  'nomination supplement clusterReview': { supplement: 'open', clusterReview: 'paused' },
  'nomination supplement appraisal': { supplement: 'open', appraisal: 'paused' },
  'nomination onHold clusterReview': { clusterReview: 'paused' },
  'nomination onHold appraisal': { appraisal: 'paused' },
  'nomination onHold awaitingDecision': { decision: 'paused' },
  'councilSession adjourned': { minutes: 'open' },
  'decision awaitingSignature': { signature: 'open' },
  'decision signed': { issue: 'open' },
};

function expected(definition: WorkflowDefinition, { state, snapshot }: Step): Clocks {
  const { returnTo, heldFrom } = (snapshot as unknown as { context: Record<string, unknown> }).context;
  const place = [definition.name, state, returnTo ?? heldFrom].filter(Boolean).join(' ');
  return running[place] ?? {};
}

/** Runs the clocks as the door does; a wrong order of effects is an error. */
function apply(clocks: Clocks, effects: readonly Effect[]): Clocks {
  const next = { ...clocks };
  for (const effect of effects) {
    if (effect.type === 'openDeadline') {
      expect(next[effect.kind]).toBeUndefined();
      next[effect.kind] = 'open';
    }
    if (effect.type === 'pauseDeadline') {
      expect(next[effect.kind]).toBe('open');
      next[effect.kind] = 'paused';
    }
    if (effect.type === 'resumeDeadline') {
      expect(next[effect.kind]).toBe('paused');
      next[effect.kind] = 'open';
    }
    if (effect.type === 'closeDeadline') {
      expect(next[effect.kind]).toBeDefined();
      Reflect.deleteProperty(next, effect.kind);
    }
  }
  return next;
}

/** The ways that an event can go, over its sample payloads. */
function ways(
  definition: WorkflowDefinition,
  snapshot: PersistedSnapshot,
  type: string,
  facts: Facts,
): Step[] {
  return (payloads[definition.name][type] ?? []).flatMap((payload) => {
    try {
      return [step(definition, snapshot, { type, payload, facts })];
    } catch (error) {
      if (error instanceof EventNotAllowed) return [];
      throw error;
    }
  });
}

/** One random choice: an event to take, one to ask about, and what is so in the world (mostly true). */
const choice = fc.record({
  take: fc.nat(),
  ask: fc.nat(),
  payload: fc.nat(),
  truths: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 }),
});

const worlds = all().flatMap((definition) =>
  inputs[definition.name].map(
    (input) => [`${definition.name} ${JSON.stringify(input)}`, definition, input] as const,
  ),
);

test.each(worlds)('on any way through %s the deadlines are those of the state', (_, definition, input) => {
  const types = Object.keys(definition.events);
  fc.assert(
    fc.property(fc.array(choice, { minLength: 80, maxLength: 80 }), (choices) => {
      let current = begin(definition, input);
      let clocks = apply({}, current.effects);
      for (const { take, ask, payload, truths } of choices) {
        expect(clocks).toEqual(expected(definition, current));
        if (current.finished) expect(clocks).toEqual({});
        const facts: Facts = Object.fromEntries(
          Object.keys(definition.facts).map((fact, index) => [fact, truths[index] !== 0]),
        );
        const snapshot = throughJson(current.snapshot);
        const open = allowedEvents(definition, snapshot, facts);
        const asked = types[ask % types.length] ?? '';
        expect(open.includes(asked)).toBe(ways(definition, snapshot, asked, facts).length > 0);
        const taken = ways(definition, snapshot, open[take % (open.length || 1)] ?? '', facts);
        const next = taken[payload % (taken.length || 1)];
        if (next) {
          clocks = apply(clocks, next.effects);
          current = next;
        } else if (current.finished) {
          current = begin(definition, input);
          clocks = apply({}, current.effects);
        }
      }
    }),
    { numRuns: 15 },
  );
});
