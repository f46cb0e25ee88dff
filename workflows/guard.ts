import type { AnyStateMachine } from 'xstate';

/** What is so in the world, by name. A fact that is not given is unknown: nothing that depends on it passes. */
export type Facts = Readonly<Record<string, boolean>>;

/** A guard as data. All that is named must hold; the parts of context and payload are compared by value. */
export interface When<Fact extends string = string, Context = unknown, Payload = unknown> {
  readonly facts?: readonly Fact[];
  readonly unless?: readonly Fact[];
  readonly context?: Pattern<Context>;
  readonly payload?: PayloadPattern<Payload>;
}

type Pattern<T> = T extends object ? { readonly [K in keyof T]?: Pattern<T[K]> } : T;
type PayloadPattern<P> = P extends unknown ? Pattern<P> : never;

/** What a guard looks at. Without a payload, the payload part of a guard is taken to hold. */
export interface Situation {
  readonly context: unknown;
  readonly facts: Facts;
  readonly payload?: unknown;
}

interface AnyEvent {
  readonly payload: unknown;
  readonly facts: Facts;
}

/**
 * The one guard of all machines, typed by a workflow's context and events, so that a wrong fact or field
 * name does not compile.
 */
export function whenGuard<Context, Event extends AnyEvent>() {
  type Params = When<Extract<keyof Event['facts'], string>, Context, Event['payload']>;
  return ({ context, event }: { context: Context; event: Event }, params: Params): boolean =>
    passes(params, { context, facts: event.facts, payload: event.payload });
}

/** True when the guard lets this situation through; a transition without a guard always does. */
export function passes(when: When | undefined, situation: Situation): boolean {
  return when === undefined || (applies(when, situation) && lacking(when, situation.facts).length === 0);
}

/** The guards of the transitions that this event could take from this state, in order. */
export function candidates(
  machine: AnyStateMachine,
  state: string,
  type: string,
): readonly (When | undefined)[] {
  const transitions = machine.states[state]?.transitions.get(type) ?? [];
  return transitions.map(({ guard }) => (guard as { params: When } | undefined)?.params);
}

/**
 * The facts that must become true for the transition that lacks least. A fact that must be false, and is
 * true, counts as lacking but is not named: nothing is missing, something is in the way.
 */
export function nearestMissing(whens: readonly (When | undefined)[], situation: Situation): string[] {
  const open = whens.filter((when) => when === undefined || applies(when, situation));
  const lists = open.map((when) => lacking(when ?? {}, situation.facts));
  const [nearest = []] = lists.sort((a, b) => a.length - b.length);
  return nearest.filter((fact) => situation.facts[fact] !== true);
}

function applies(when: When, { context, payload }: Situation): boolean {
  return matches(when.context, context) && (payload === undefined || matches(when.payload, payload));
}

function lacking(when: When, facts: Facts): string[] {
  const untrue = (when.facts ?? []).filter((fact) => facts[fact] !== true);
  const unfalse = (when.unless ?? []).filter((fact) => facts[fact] !== false);
  return [...untrue, ...unfalse];
}

function matches(pattern: unknown, value: unknown): boolean {
  if (pattern === undefined) return true;
  if (typeof pattern !== 'object' || pattern === null) return pattern === value;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(pattern).every(([key, part]) =>
    matches(part, (value as Record<string, unknown>)[key]),
  );
}
