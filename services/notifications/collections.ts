import type { WorkflowName } from '../../workflows/workflow.ts';

/** Where the cases of each workflow stand in the product's addresses (contract.md §3). */
const COLLECTIONS: Readonly<Record<WorkflowName, string>> = {
  movement: 'movements',
  registration: 'registrations',
  scoringRound: 'scoring-rounds',
  nomination: 'nominations',
  councilSession: 'council-sessions',
  decision: 'decisions',
};

/** The collection of a workflow. */
export function collectionOf(workflow: string): string {
  return COLLECTIONS[workflow as WorkflowName];
}

/** The address of a case for people. */
export function caseUrl(publicUrl: string, { workflow, id }: { workflow: string; id: string }): string {
  return `${publicUrl.replace(/\/$/, '')}/${collectionOf(workflow)}/${id}`;
}
