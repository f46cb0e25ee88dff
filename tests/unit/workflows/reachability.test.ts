import { expect, test } from '@jest/globals';
import { all } from '../../../workflows/registry.ts';
import { shortestPaths, walk } from '../../support/workflowPaths.ts';

const definitions = all().map((definition) => [definition.name, definition] as const);

test.each(definitions)('every state of %s can be reached, and no other', (_, definition) => {
  expect(new Set(shortestPaths(definition).keys())).toEqual(new Set(Object.keys(definition.states)));
});

test.each(definitions)(
  'the door walks each of the shortest paths of %s to the same state',
  (_, definition) => {
    for (const [state, path] of shortestPaths(definition)) {
      expect(walk(definition, path)).toMatchObject({ value: state });
    }
  },
);

test.each(definitions)(
  '%s: the states that have a way on and yet are finished are the known two',
  (_, definition) => {
    const { machine, states } = definition;
    const reopenable = Object.keys(states).filter(
      (name) => states[name]?.finished && machine.states[name]?.type !== 'final',
    );
    const known: Partial<Record<string, string[]>> = { nomination: ['awarded'], scoringRound: ['finalized'] };
    expect(reopenable).toEqual(known[definition.name] ?? []);
    const final = Object.keys(states).filter((name) => machine.states[name]?.type === 'final');
    expect(final.filter((name) => !states[name]?.finished)).toEqual([]);
  },
);
