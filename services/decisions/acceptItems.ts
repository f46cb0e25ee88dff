import type { Knex } from 'knex';
import type { DecisionItemRow } from '../../db/decisionItems.ts';
import type { DecisionKind } from '../../db/decisions.ts';
import {
  casesOfAwards,
  readAwardCandidates,
  readCaseCandidates,
  type DecisionCandidate,
} from '../../db/views/decisionCandidates.ts';
import { lockKnownInstances } from '../../db/workflowInstances.ts';
import { InvalidInput, type InputProblem } from '../errors.ts';
import { faultOfAward, faultOfCase, TWICE, UNKNOWN_AWARD, UNKNOWN_CASE } from './itemFaults.ts';

/** An item as it is sent: a case to award, or an award to take back or to correct. */
export type ItemInput =
  { nominationId: string } | { awardId: string; reason: string; recipientName?: string };

/** The decision for which items are listed. */
export interface ListedFor {
  id: string;
  kind: DecisionKind;
}

/**
 * Checks the items and answers their rows. The cases stay locked until the transaction ends, so that two
 * decisions cannot list the same case at once. Throws InvalidInput with every item that cannot stand.
 */
export async function acceptItems(
  trx: Knex.Transaction,
  decision: ListedFor,
  items: readonly ItemInput[],
): Promise<DecisionItemRow[]> {
  const candidates = await readCandidates(trx, decision, items);
  const problems: InputProblem[] = [];
  const rows: DecisionItemRow[] = [];
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const key = keyOf(item);
    const candidate = candidates.get(key);
    const message = seen.has(key) ? TWICE : faultOf(item, candidate);
    seen.add(key);
    if (message !== null || candidate === undefined) {
      const field = 'nominationId' in item ? 'nominationId' : 'awardId';
      problems.push({ pointer: `/items/${index}/${field}`, message: message ?? UNKNOWN_CASE });
      return;
    }
    rows.push(rowOf(decision.id, index + 1, item, candidate));
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return rows;
}

async function readCandidates(
  trx: Knex.Transaction,
  { id, kind }: ListedFor,
  items: readonly ItemInput[],
): Promise<Map<string, DecisionCandidate>> {
  const ids = [...new Set(items.map(keyOf))];
  const cases = kind === 'award' ? ids : await casesOfAwards(trx, ids);
  await lockKnownInstances(trx, cases);
  // Read only now: who held the locks before us may have listed or moved these cases.
  const read =
    kind === 'award' ? await readCaseCandidates(trx, ids, id) : await readAwardCandidates(trx, ids, id, kind);
  return new Map(read.map((candidate) => [candidate.award_id ?? candidate.nomination_id, candidate]));
}

/** The id of the case or award that an item names. */
export function keyOf(item: ItemInput): string {
  return ('nominationId' in item ? item.nominationId : item.awardId).toLowerCase();
}

function faultOf(item: ItemInput, candidate: DecisionCandidate | undefined) {
  if ('nominationId' in item) return candidate === undefined ? UNKNOWN_CASE : faultOfCase(candidate);
  return candidate === undefined ? UNKNOWN_AWARD : faultOfAward(candidate);
}

function rowOf(
  decisionId: string,
  ordinal: number,
  item: ItemInput,
  { nomination_id, award_id }: DecisionCandidate,
): DecisionItemRow {
  const row = { decision_id: decisionId, nomination_id, ordinal, award_id };
  if ('nominationId' in item) return { ...row, reason: null, recipient_name: null };
  return { ...row, reason: item.reason, recipient_name: item.recipientName ?? null };
}
