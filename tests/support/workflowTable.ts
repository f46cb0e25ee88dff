import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../workflows/effects.ts';
import { EventNotAllowed, step, type Facts, type WorkflowDefinition } from '../../workflows/workflow.ts';
import { payloads } from './workflowPayloads.ts';

/** One way out of a situation: with just these facts true and these false, this is what happens. */
export interface Row {
  from: string;
  event: string;
  payload?: object;
  facts?: string[];
  not?: string[];
  to: string;
  effects?: Effect[];
  /** What changes in the context. */
  context?: object;
}

/** A state, and the context in which it is looked at. */
export type Situations = Record<string, { state: string; context: object }>;

/** A stored snapshot of this state, as the database hands it over. */
export function stored(definition: WorkflowDefinition, state: string, context: object): unknown {
  const final = definition.machine.states[state]?.type === 'final';
  return { status: final ? 'done' : 'active', value: state, context, children: {}, historyValue: {} };
}

/** Every fact of the workflow with this value. */
export function everyFact(definition: WorkflowDefinition, value: boolean): Facts {
  return Object.fromEntries(Object.keys(definition.facts).map((fact) => [fact, value]));
}

/**
 * Declares the tests of a whole workflow: each row happens exactly so; without any of its facts it does not;
 * and whatever is in no row is refused in that situation, whatever the facts.
 */
export function describeWorkflow(definition: WorkflowDefinition, situations: Situations, rows: Row[]): void {
  const samples = payloads[definition.name];
  const situation = (name: string) => {
    const found = situations[name];
    if (!found) throw new Error(`No situation ${name}`);
    return found;
  };
  const attempt = (from: string, event: string, payload: object, facts: Facts) => {
    const { state, context } = situation(from);
    return () => step(definition, stored(definition, state, context), { type: event, payload, facts });
  };

  test(`${definition.name}: the table looks at every declared state, and at every event with a payload`, () => {
    expect(new Set(Object.values(situations).map(({ state }) => state))).toEqual(
      new Set(Object.keys(definition.states)),
    );
    expect(Object.keys(samples)).toEqual(Object.keys(definition.events));
  });

  describe(`${definition.name}: what happens`, () => {
    test.each(rows.map((row) => [`${row.from} –${row.event}→ ${row.to}`, row] as const))('%s', (_, row) => {
      const { from, event, facts = [], not = [], to, effects = [], context = {} } = row;
      const given = Object.fromEntries([
        ...facts.map((fact) => [fact, true] as const),
        ...not.map((fact) => [fact, false] as const),
      ]);
      const next = attempt(from, event, row.payload ?? samples[event]?.[0] ?? {}, given)();
      expect(next.state).toBe(to);
      expect(next.effects).toEqual(effects);
      expect(next.finished).toBe(definition.states[to]?.finished ?? false);
      expect(next.snapshot).toMatchObject({ value: to, context: { ...situation(from).context, ...context } });
    });

    const guarded = rows.filter(({ facts = [] }) => facts.length > 0);
    const takesOver = (row: Row, fact: string) =>
      rows.some(
        ({ from, event, not = [] }) => from === row.from && event === row.event && not.includes(fact),
      );
    const without = guarded.flatMap((row) =>
      (row.facts ?? []).filter((fact) => !takesOver(row, fact)).map((fact) => ({ row, fact })),
    );
    test.each(without.map((each) => [`${each.row.from} –${each.row.event}, ${each.fact}`, each] as const))(
      'the same way is closed without its fact: %s',
      (_, { row, fact }) => {
        const given = Object.fromEntries([
          ...(row.facts ?? []).map((name) => [name, name !== fact] as const),
          ...(row.not ?? []).map((name) => [name, false] as const),
        ]);
        expect(
          refusal(attempt(row.from, row.event, row.payload ?? samples[row.event]?.[0] ?? {}, given)),
        ).toEqual(expect.objectContaining({ event: row.event, missing: [fact] }));
      },
    );
  });

  describe(`${definition.name}: what is refused`, () => {
    const pairs = Object.keys(situations).flatMap((from) =>
      Object.entries(samples).flatMap(([event, all]) => all.map((payload) => ({ from, event, payload }))),
    );
    const closed = pairs.filter(
      ({ from, event, payload }) =>
        !rows.some(
          (row) =>
            row.from === from &&
            row.event === event &&
            (row.payload === undefined || JSON.stringify(row.payload) === JSON.stringify(payload)),
        ),
    );
    test.each(
      closed.map((each) => [`${each.from} –${each.event} ${JSON.stringify(each.payload)}`, each] as const),
    )('%s', (_, { from, event, payload }) => {
      for (const value of [true, false]) {
        const refused = refusal(attempt(from, event, payload, everyFact(definition, value)));
        expect(refused).toMatchObject({ event, state: situation(from).state, missing: [] });
      }
    });
  });
}

/** The refusal that a move ends in; fails the test when it goes through. */
export function refusal(move: () => unknown): EventNotAllowed {
  try {
    move();
  } catch (error) {
    if (error instanceof EventNotAllowed) return error;
    throw error;
  }
  throw new Error('The event was allowed');
}

export const opened = (kind: string, owedBy: string) => ({ type: 'openDeadline', kind, owedBy }) as Effect;
export const closed = (kind: string) => ({ type: 'closeDeadline', kind }) as Effect;
export const paused = (kind: string) => ({ type: 'pauseDeadline', kind }) as Effect;
export const resumed = (kind: string) => ({ type: 'resumeDeadline', kind }) as Effect;
export const notified = (template: string, to: string) => ({ type: 'notify', template, to }) as Effect;
export const recorded = (what: string, data: object = {}) => ({ type: 'record', what, data }) as Effect;
