import { createActor, type AnyMachineSnapshot, type AnyStateMachine, type Snapshot } from 'xstate';
import type { z } from 'zod';
import { effectSchema, type Effect } from './effects.ts';
import { candidates, nearestMissing, passes, type Facts } from './guard.ts';

export type { Facts } from './guard.ts';

export type WorkflowName =
  'movement' | 'registration' | 'scoringRound' | 'nomination' | 'councilSession' | 'decision';

/** A text for people, in both languages of the product. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

export interface StateDefinition {
  readonly label: Text;
  /** The case is over; a few finished states can still be left (a revoked award, a reopened round). */
  readonly finished?: boolean;
}

export interface EventDefinition {
  /** A verb, as it stands on the button. */
  readonly label: Text;
  readonly payload: z.ZodObject;
  /** Sent by a signal of another workflow, never by a person. */
  readonly system?: true;
}

/** One version of one workflow: what may happen, and the words for it. Frozen once it has been used. */
export interface WorkflowDefinition {
  readonly name: WorkflowName;
  readonly version: number;
  readonly label: Text;
  /** A flat machine: one level of states, every guard a `when`, every action an effect. */
  readonly machine: AnyStateMachine;
  readonly input: z.ZodType;
  readonly context: z.ZodType;
  readonly states: Readonly<Record<string, StateDefinition>>;
  readonly events: Readonly<Record<string, EventDefinition>>;
  /** What each fact says when it is true; a refusal names the facts that are missing. */
  readonly facts: Readonly<Record<string, Text>>;
  /** Words for the context paths and payload fields that guards compare, for the diagram. */
  readonly terms: Readonly<Record<string, Text>>;
}

/** A snapshot as it is stored: plain JSON. */
export type PersistedSnapshot = Snapshot<unknown>;

export interface Step {
  readonly snapshot: PersistedSnapshot;
  readonly state: string;
  readonly finished: boolean;
  /** What the machine asks for, in order. */
  readonly effects: readonly Effect[];
}

export interface WorkflowEvent {
  readonly type: string;
  /** Already validated with the event's `payload` schema. */
  readonly payload: unknown;
  readonly facts: Facts;
}

/** The event cannot happen in this state with these facts. */
export class EventNotAllowed extends Error {
  readonly code = 'event-not-allowed';
  readonly event: string;
  readonly state: string;
  /** Event types that can happen now. */
  readonly allowed: readonly string[];
  /** Facts that would have to be true for this event. */
  readonly missing: readonly string[];

  constructor(refusal: {
    event: string;
    state: string;
    allowed: readonly string[];
    missing: readonly string[];
  }) {
    super(`Event ${refusal.event} is not allowed in state ${refusal.state}`);
    this.name = 'EventNotAllowed';
    this.event = refusal.event;
    this.state = refusal.state;
    this.allowed = refusal.allowed;
    this.missing = refusal.missing;
  }
}

/** Starts a case. Throws ZodError for a wrong input. */
export function begin(definition: WorkflowDefinition, input: unknown): Step {
  const { machine } = definition;
  const valid: unknown = definition.input.parse(input);
  return toStep(definition, ...collect(machine, (scope) => machine.getInitialSnapshot(scope, valid)));
}

/**
 * Moves a stored case by one event, purely: the answer holds the next snapshot and the effects asked for.
 * Throws EventNotAllowed; ZodError when the stored context is not of this version; Error when the stored
 * state is unknown to it.
 */
export function step(definition: WorkflowDefinition, stored: unknown, event: WorkflowEvent): Step {
  const snapshot = restore(definition, stored);
  if (!snapshot.can(event)) {
    throw new EventNotAllowed({
      event: event.type,
      state: stateOf(snapshot),
      allowed: allowedIn(definition, snapshot, event.facts),
      missing: missingIn(definition, snapshot, event),
    });
  }
  const { machine } = definition;
  return toStep(definition, ...collect(machine, (scope) => machine.transition(snapshot, event, scope)));
}

/**
 * The event types that can happen now with these facts, system events among them, in the order of the
 * definition. Where a guard also looks at the payload, the event counts when some payload would do.
 */
export function allowedEvents(definition: WorkflowDefinition, stored: unknown, facts: Facts): string[] {
  return allowedIn(definition, restore(definition, stored), facts);
}

/** The facts that would have to be true for this event; empty when it can happen or no fact would help. */
export function missingFacts(
  definition: WorkflowDefinition,
  stored: unknown,
  type: string,
  facts: Facts,
): string[] {
  return missingIn(definition, restore(definition, stored), { type, facts });
}

/** Brings a stored snapshot back to life. Throws when its state or context does not belong to this version. */
export function restore(definition: WorkflowDefinition, stored: unknown): AnyMachineSnapshot {
  const snapshot = definition.machine.restoreSnapshot(
    stored as PersistedSnapshot,
    kept(definition.machine).scope,
  );
  definition.context.parse(snapshot.context);
  return sound(definition, snapshot);
}

function allowedIn(definition: WorkflowDefinition, snapshot: AnyMachineSnapshot, facts: Facts): string[] {
  return Object.keys(definition.events).filter((type) =>
    candidates(definition.machine, stateOf(snapshot), type).some((when) =>
      passes(when, { context: snapshot.context, facts }),
    ),
  );
}

function missingIn(
  definition: WorkflowDefinition,
  snapshot: AnyMachineSnapshot,
  event: { type: string; facts: Facts; payload?: unknown },
): string[] {
  const { type, facts, payload } = event;
  const whens = candidates(definition.machine, stateOf(snapshot), type);
  return nearestMissing(whens, { context: snapshot.context, facts, payload });
}

function toStep(definition: WorkflowDefinition, snapshot: AnyMachineSnapshot, actions: Action[]): Step {
  const state = stateOf(sound(definition, snapshot));
  return {
    snapshot: definition.machine.getPersistedSnapshot(snapshot),
    state,
    finished: definition.states[state]?.finished ?? false,
    effects: actions.map(({ type, params }) => effectSchema.parse({ ...params, type })),
  };
}

/** XState reports a failed restore or start as a status, not as an exception. */
function sound(definition: WorkflowDefinition, snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
  if (snapshot.status !== 'error') return snapshot;
  throw new Error(`Broken snapshot of ${definition.name} version ${definition.version}`, {
    cause: snapshot.error,
  });
}

function stateOf(snapshot: AnyMachineSnapshot): string {
  if (typeof snapshot.value === 'string') return snapshot.value;
  throw new Error('Workflow machines are flat: one state at a time');
}

type Scope = Parameters<AnyStateMachine['transition']>[2];

interface Action {
  readonly type: string;
  readonly params?: object;
}

interface Kept {
  readonly scope: Scope;
  readonly actions: Action[];
}

const keptScopes = new WeakMap<AnyStateMachine, Kept>();

/** Runs one move of the machine and hands out the actions it asked for. */
function collect(
  machine: AnyStateMachine,
  move: (scope: Scope) => AnyMachineSnapshot,
): [AnyMachineSnapshot, Action[]] {
  const { scope, actions } = kept(machine);
  // A move that threw may have left some behind.
  actions.length = 0;
  const snapshot = move(scope);
  return [snapshot, actions.splice(0)];
}

/**
 * One inert scope for each machine, made once: XState's own `transition()` builds an actor on every call,
 * which costs more than the step. Right only because our machines invoke and spawn nothing.
 */
function kept(machine: AnyStateMachine): Kept {
  const known = keptScopes.get(machine);
  if (known) return known;
  const made = inertScope(machine);
  keptScopes.set(machine, made);
  return made;
}

function inertScope(machine: AnyStateMachine): Kept {
  const self = createActor(machine);
  const actions: Action[] = [];
  const ignore = () => undefined;
  const scope: Scope = {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger: ignore,
    defer: ignore,
    emit: ignore,
    stopChild: ignore,
    actionExecutor: (action) => {
      actions.push(action as Action);
    },
  };
  return { scope, actions };
}
