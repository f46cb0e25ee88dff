import { z } from 'zod';
import { cast } from './cast.ts';
import { expectSame } from './failures.ts';
import { allItems } from './people.ts';
import type { Play } from './play.ts';

const entrySchema = z.looseObject({
  id: z.uuid(),
  deadlineId: z.uuid(),
  caseId: z.uuid(),
  kind: z.string(),
  owedUnitId: z.uuid().nullable(),
  dueOn: z.iso.date(),
  step: z.string(),
  scheduledOn: z.iso.date(),
  status: z.string(),
  waiting: z.boolean(),
  mails: z.array(
    z.looseObject({ to: z.string(), day: z.iso.date(), status: z.string(), messageId: z.string() }),
  ),
});
export type LedgerEntry = z.output<typeof entrySchema>;

/** The ledger of reminders of one case, the oldest step first. */
export async function ledgerOf({ people }: Play, caseId: string): Promise<LedgerEntry[]> {
  const inspector = await people(cast.inspector);
  const entries = await allItems(inspector, `/demo/ledger?caseId=${caseId}`, entrySchema);
  return entries.sort((a, b) => (a.scheduledOn < b.scheduledOn ? -1 : 1));
}

/** The entries as step and status, in order. */
export function entriesOf(entries: readonly LedgerEntry[]): string[] {
  return entries.map(({ step, status }) => `${step} ${status}`);
}

/** In the whole ledger each obligation has each step once, and nothing waits any more. */
export async function expectExactLedger({ people, trace }: Play): Promise<void> {
  const inspector = await people(cast.inspector);
  const all = await allItems(inspector, '/demo/ledger', entrySchema);
  const steps = all.map(({ deadlineId, step }) => `${deadlineId} ${step}`);
  expectSame(steps.length, new Set(steps).size, 'Sổ nhắc việc có bước ghi hai lần cho một việc');
  trace.lines([`Sổ nhắc việc: ${all.length} bước, mỗi việc mỗi bước một lần.`]);
}
