import { expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { effectActions, notify, openDeadline } from '../../../workflows/effects.ts';
import { nothing, reason, type EventOf, type MachineTypes } from '../../../workflows/fields.ts';
import type { Text } from '../../../workflows/workflow.ts';
import { whenGuard } from '../../../workflows/guard.ts';

const payload = nothing.extend({ reason });

type Context = { route: { council: boolean } };
type Event = EventOf<{ GO: { label: Text; payload: typeof payload } }, { ready: Text }>;

const types: MachineTypes<Context, Event> = {};
const when = whenGuard<Context, Event>();
const kit = setup({ types, actions: effectActions, guards: { when } });

const guard = (params: Parameters<typeof when>[1]) => params;
const record = (params: Parameters<typeof effectActions.record>[1]) => params;
const on = { GO: { actions: [notify('awardRevoked', 'unit')] } };

const valid = payload.parse({ reason: 'x' });

/** The compiler reads these: a line that it should refuse and does not is an error. */
export const wrong = [
  () => kit.createStateConfig({ on }),
  () => guard({ facts: ['ready'], context: { route: { council: true } }, payload: valid }),
  () => record({ what: 'supersedeResult', data: { reason: 'x' } }),
  // @ts-expect-error no such event
  () => kit.createStateConfig({ on: { GOO: {} } }),
  // @ts-expect-error no such fact
  () => guard({ facts: ['redy'] }),
  // @ts-expect-error no such field of the payload
  () => guard({ payload: { raeson: 'x' } }),
  // @ts-expect-error no such field of the context
  () => guard({ context: { route: { x: true } } }),
  // @ts-expect-error no such template
  () => notify('awardRevokd', 'unit'),
  // @ts-expect-error no such party
  () => notify('awardRevoked', 'units'),
  // @ts-expect-error no such deadline
  () => openDeadline('appraisl', 'appraiser'),
  // @ts-expect-error no such recording
  () => record({ what: 'x', data: {} }),
  // @ts-expect-error a recording without its data
  () => record({ what: 'supersedeResult', data: {} }),
];

test('a wrong target, which the compiler cannot see, does not even load', () => {
  const context = { route: { council: true } };
  const states = { a: { on: { GO: { target: 'b' } } } };
  expect(() => kit.createMachine({ context, initial: 'a', states })).toThrow('b');
});
