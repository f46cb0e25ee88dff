import type { Knex } from 'knex';
import type { DecisionKind } from '../decisions.ts';

/** A case or an award that somebody wants to put on a decision's list. */
export interface DecisionCandidate {
  nomination_id: string;
  award_id: string | null;
  state: string;
  /** What the case lacks of what its rule asks for before a decision; null: nothing. */
  missing: string | null;
  /** A higher authority decides, or has decided, on it. */
  higher: boolean;
  revoked: boolean;
  /** The title of another unfinished decision of that kind that lists the case already. */
  listed_in: string | null;
}

const LISTED_IN = `
  (select od.title from decision_items other
     join decisions od on od.id = other.decision_id and od.kind = :kind
     join workflow_instances oi on oi.id = od.id and not oi.finished
     where other.nomination_id = c.id and other.decision_id <> :decisionId limit 1) as listed_in`;

/** These cases as candidates for an award decision; unknown ids are left out. Lock them before reading. */
export async function readCaseCandidates(
  trx: Knex.Transaction,
  ids: readonly string[],
  decisionId: string,
): Promise<DecisionCandidate[]> {
  const { rows } = await trx.raw<{ rows: DecisionCandidate[] }>(
    `select c.id as nomination_id, null as award_id, c.state, m.missing, m.higher, false as revoked, ${LISTED_IN}
       from missing_before_decision(cast(:ids as uuid[])) m
       join workflow_instances c on c.id = m.case_id`,
    { ids: [...ids], decisionId, kind: 'award' },
  );
  return rows;
}

/** The cases of these awards. Neither ever changes, so they may be read before the cases are locked. */
export async function casesOfAwards(trx: Knex.Transaction, awardIds: readonly string[]): Promise<string[]> {
  const rows = await trx('awards')
    .whereRaw('id = any(?::uuid[])', [[...awardIds]])
    .select<{ nomination_id: string }[]>('nomination_id');
  return rows.map(({ nomination_id }) => nomination_id);
}

/** These awards as candidates for a revocation or a correction; unknown ids are left out. */
export async function readAwardCandidates(
  trx: Knex.Transaction,
  awardIds: readonly string[],
  decisionId: string,
  kind: DecisionKind,
): Promise<DecisionCandidate[]> {
  const { rows } = await trx.raw<{ rows: DecisionCandidate[] }>(
    `select c.id as nomination_id, a.id as award_id, c.state, null as missing, a.decision_id is null as higher,
            r.award_id is not null as revoked, ${LISTED_IN}
       from awards a
       join workflow_instances c on c.id = a.nomination_id
       left join award_revocations r on r.award_id = a.id
       where a.id = any(cast(:awardIds as uuid[]))`,
    { awardIds: [...awardIds], decisionId, kind },
  );
  return rows;
}
