import { candidates, type When } from './guard.ts';
import type { Text, WorkflowDefinition } from './workflow.ts';

/**
 * The state diagram of a workflow as Mermaid text, made from the machine itself, with its labels and guards
 * in one language.
 */
export function mermaid(definition: WorkflowDefinition, language: keyof Text): string {
  const { machine, states } = definition;
  const names = Object.keys(states);
  const nodes = names.map((name) => `  state "${plain(states[name]?.label[language] ?? name)}" as ${name}`);
  const start = `  [*] --> ${machine.root.initial.target[0]?.key ?? ''}`;
  const arrows = names.flatMap((name) => arrowsFrom(definition, name, language));
  const ends = names.filter((name) => states[name]?.finished).map((name) => `  ${name} --> [*]`);
  return ['stateDiagram-v2', ...nodes, start, ...arrows, ...ends, ''].join('\n');
}

function arrowsFrom(definition: WorkflowDefinition, state: string, language: keyof Text): string[] {
  return Object.entries(definition.events).flatMap(([type, { label }]) => {
    const targets = targetsOf(definition, state, type);
    return candidates(definition.machine, state, type).map((when, index) => {
      const conditions = guardText(definition, when, language);
      const text = plain(label[language] + conditions);
      return `  ${state} --> ${targets[index] ?? state} : ${text}`;
    });
  });
}

function targetsOf(definition: WorkflowDefinition, state: string, type: string): (string | undefined)[] {
  const transitions = definition.machine.states[state]?.transitions.get(type) ?? [];
  return transitions.map(({ target }) => target?.[0]?.key);
}

function guardText(definition: WorkflowDefinition, when: When | undefined, language: keyof Text): string {
  const not = language === 'vi' ? 'không' : 'not';
  const fact = (name: string) => definition.facts[name]?.[language] ?? name;
  const facts = (when?.facts ?? []).map(fact);
  const unless = (when?.unless ?? []).map((name) => `${not} (${fact(name)})`);
  const compared = [...leaves(when?.context), ...leaves(when?.payload)].map(([path, value]) => {
    const term = definition.terms[path]?.[language] ?? path;
    if (typeof value === 'boolean') return value ? term : `${not} ${term}`;
    return `${term} = ${definition.states[value]?.label[language] ?? definition.terms[`${path}.${value}`]?.[language] ?? value}`;
  });
  return [...facts, ...unless, ...compared].map((condition) => ` [${condition}]`).join('');
}

function leaves(pattern: unknown, prefix = ''): [path: string, value: string | boolean][] {
  if (typeof pattern !== 'object' || pattern === null) return [];
  return Object.entries(pattern).flatMap(([key, part]): [string, string | boolean][] =>
    typeof part === 'string' || typeof part === 'boolean'
      ? [[prefix + key, part]]
      : leaves(part, `${prefix}${key}.`),
  );
}

/** Mermaid ends a label at a semicolon, a colon or a quote, and reads `#` as an entity. */
function plain(text: string): string {
  return text.replaceAll(';', ',').replaceAll('"', "'").replaceAll('#', '').replaceAll(':', ' -');
}
