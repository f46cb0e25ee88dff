import { z } from 'zod';
import { mermaid } from '../../workflows/mermaid.ts';
import type { WorkflowDefinition } from '../../workflows/workflow.ts';
import type { Capability } from './capability.ts';
import type { Policy } from './policy.ts';

/**
 * A workflow as people and programs read it: states, events with who may send them and what they carry, the facts
 * that its guards ask for, and its picture in both languages.
 */
export function describeWorkflow(definition: WorkflowDefinition, { collection, policy }: Capability) {
  const { name, version, label, machine } = definition;
  return {
    name,
    version,
    label,
    collection,
    initial: machine.root.initial.target[0]?.key ?? '',
    states: Object.entries(definition.states).map(([state, each]) => ({
      name: state,
      label: each.label,
      finished: each.finished ?? false,
      events: machine.states[state]?.ownEvents ?? [],
    })),
    events: Object.entries(definition.events).map(([type, event]) => ({
      type,
      label: event.label,
      /** Sent by another case's event, never by a person. */
      system: event.system ?? false,
      sentBy: sendersOf(policy, type),
      payloadSchema: z.toJSONSchema(event.payload, { io: 'input' }),
    })),
    facts: Object.entries(definition.facts).map(([fact, meaning]) => ({ name: fact, label: meaning })),
    mermaid: { vi: mermaid(definition, 'vi'), en: mermaid(definition, 'en') },
  };
}

/** `states` null: in every state that has the event. */
function sendersOf(policy: Policy, type: string) {
  return (policy[type] ?? []).map(({ role, relation, states }) => ({
    role,
    relation,
    states: states === undefined ? null : [...states],
  }));
}
