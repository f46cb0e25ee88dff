import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allowedEvents, step, type WorkflowDefinition } from '../../workflows/workflow.ts';
import { payloads } from './workflowPayloads.ts';
import { throughJson } from './workflowPaths.ts';
import { everyFact } from './workflowTable.ts';

const folder = fileURLToPath(new URL('../fixtures/snapshots/', import.meta.url));

export const frozenFile = `${folder}frozen.json`;

/** tests/fixtures/snapshots/<workflow>.v<version>.json */
export const snapshotsFile = ({ name, version }: WorkflowDefinition) => `${folder}${name}.v${version}.json`;

export interface GoldenState {
  /** As the database stored it when the version was new. */
  snapshot: unknown;
  /** Each event that could happen with all facts true, and what came of it. */
  steps: object[];
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What every possible event makes of a stored snapshot, all facts being true. */
export function outcomes(definition: WorkflowDefinition, snapshot: unknown): object[] {
  const facts = everyFact(definition, true);
  return allowedEvents(definition, snapshot, facts).map((type) => {
    const payload = payloads[definition.name][type]?.[0] ?? {};
    return throughJson({ type, ...step(definition, snapshot, { type, payload, facts }) });
  });
}
