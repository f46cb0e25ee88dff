import type { LadderStep } from './ladder.ts';

/** A step to be written into the ledger: only the latest one is still worth a reminder. */
export interface NewEntry extends LadderStep {
  status: 'due' | 'superseded';
}

/**
 * What a sweep records of one deadline: each due step that is not recorded yet. The last step of `due` is the one that
 * people are reminded of; all before it were overtaken while nobody looked (a stopped worker, a clock that jumped).
 */
export function newEntries(due: readonly LadderStep[], recorded: ReadonlySet<string>): NewEntry[] {
  const latest = due.at(-1)?.name;
  return due
    .filter(({ name }) => !recorded.has(name))
    .map((step) => ({ ...step, status: step.name === latest ? 'due' : 'superseded' }));
}
