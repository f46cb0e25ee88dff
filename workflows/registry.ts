import { councilSessionV1 } from './councilSession/v1.ts';
import { decisionV1 } from './decision/v1.ts';
import { movementV1 } from './movement/v1.ts';
import { nominationV1 } from './nomination/v1.ts';
import { registrationV1 } from './registration/v1.ts';
import { scoringRoundV1 } from './scoringRound/v1.ts';
import type { WorkflowDefinition, WorkflowName } from './workflow.ts';

/** Every version that a stored case may still be on, oldest first within a name. Add, never replace. */
const definitions: readonly WorkflowDefinition[] = [
  movementV1,
  registrationV1,
  scoringRoundV1,
  nominationV1,
  councilSessionV1,
  decisionV1,
];

/** No workflow of this name and version was ever shipped. */
export class UnknownWorkflow extends Error {
  readonly code = 'unknown-workflow';

  constructor(name: string, version?: number) {
    super(`Unknown workflow ${name}${version === undefined ? '' : ` version ${version}`}`);
    this.name = 'UnknownWorkflow';
  }
}

/** The definition that a stored case runs on. Throws UnknownWorkflow. */
export function lookup(name: string, version: number): WorkflowDefinition {
  const found = definitions.find((definition) => definition.name === name && definition.version === version);
  if (!found) throw new UnknownWorkflow(name, version);
  return found;
}

/** The definition that new cases start on. Throws UnknownWorkflow. */
export function newest(name: WorkflowName): WorkflowDefinition {
  const found = definitions.findLast((definition) => definition.name === name);
  if (!found) throw new UnknownWorkflow(name);
  return found;
}

/** Every shipped definition, older versions among them. */
export function all(): readonly WorkflowDefinition[] {
  return definitions;
}
