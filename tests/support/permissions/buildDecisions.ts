import { draftAward, expectOk, issueDecision, signDecision } from '../decisions.ts';
import { waitingNominations } from '../waitingNominations.ts';
import type { Built, Need } from './needs.ts';
import { known, type Province } from './province.ts';

let numbered = 0;

/** A document number that no other decision of the test bears. */
export function nextNumber(): string {
  numbered += 1;
  return `${numbered}/QĐ-UBND`;
}

/** Award decisions in these states, each over a case of its own, brought there over HTTP. */
export async function buildDecisions({ server }: Province, needs: readonly Need[]): Promise<Built[]> {
  const waiting = await waitingNominations(server, needs.length);
  const head = await server.as('snv.lanhdao');
  const built: Built[] = [];
  for (const [index, need] of needs.entries()) {
    const { id } = expectOk(await draftAward(server, [known(waiting[index], 'waiting nomination')]));
    const path = `/decisions/${id}/events`;
    if (need.state === 'discarded')
      expectOk(await head.post(path, { type: 'DISCARD', reason: 'Dự thảo lại' }));
    if (need.state === 'awaitingSignature') expectOk(await head.post(path, { type: 'SUBMIT_FOR_SIGNATURE' }));
    if (need.state === 'signed' || need.state === 'issued') await signDecision(server, id);
    if (need.state === 'issued') expectOk(await issueDecision(server, id, nextNumber()));
    built.push({ ...need, id });
  }
  return built;
}
