import type { StepsToWrite } from '../../db/workflowSteps.ts';
import type { Decided } from './decide.ts';

/** The rows of several decided events, as one statement writes them. */
export function rowsOf(all: readonly Decided[]): StepsToWrite {
  return {
    steps: all.map(({ step }) => step),
    history: all.map(({ entry }) => entry),
    outbox: all.flatMap(({ outbox }) => outbox),
    opened: all.flatMap(({ opened }) => opened),
    closed: all.flatMap(({ closed }) => closed),
  };
}
