import type { Knex } from 'knex';
import type { ClusterVoteResultRow, ClusterVoteRow } from '../clusterVotes.ts';
import { prepared } from '../connect.ts';
import type { DeadlineRow } from '../deadlines.ts';
import type { HigherDecisionRow } from '../higherDecisions.ts';
import type { NominationRow } from '../nominations.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS, MEMBER_UNITS } from './caseColumns.ts';

/** The newest version of one component. */
export interface CurrentDocument {
  component: string;
  version: number;
  file_id: string;
  name: string;
  content_type: string;
  size: number;
  added_at: string;
}

/** A vote inside a view: its moment is text, as JSON carries it. */
export type VoteView = Pick<ClusterVoteRow, 'unit_id' | 'choice' | 'reason'> & {
  unit_name: string;
  cast_at: string;
};

/** A nomination with its newest documents, its cluster's votes, and the open deadline of the cluster review. */
export interface NominationView extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: string;
  nomination: NominationRow;
  unit_name: string;
  documents: CurrentDocument[];
  votes: VoteView[];
  vote_result: (Omit<ClusterVoteResultRow, 'closed_at'> & { closed_at: string }) | null;
  review_due_on: DeadlineRow['due_on'] | null;
  higher_decision: (Omit<HigherDecisionRow, 'recorded_at'> & { recorded_at: string }) | null;
}

const READ = `
  select ${INSTANCE_COLUMNS}, ${MEMBER_UNITS}, n.pack_id, to_jsonb(n) as nomination, u.name as unit_name,
         coalesce((select jsonb_agg(jsonb_build_object('component', d.component, 'version', d.version, 'file_id', d.file_id,
                       'name', f.name, 'content_type', f.content_type, 'size', f.size, 'added_at', d.added_at)
                       order by d.component)
                     from (select distinct on (component) * from nomination_documents
                             where nomination_id = i.id order by component, version desc) d
                     join files f on f.id = d.file_id), '[]') as documents,
         coalesce((select jsonb_agg(jsonb_build_object('unit_id', v.unit_id, 'unit_name', vu.name, 'choice', v.choice,
                       'reason', v.reason, 'cast_at', v.cast_at) order by vu.code)
                     from cluster_votes v join units vu on vu.id = v.unit_id
                     where v.nomination_id = i.id), '[]') as votes,
         (select to_jsonb(r) from cluster_vote_results r where r.nomination_id = i.id) as vote_result,
         (select d.due_on from deadlines d
            where d.instance_id = i.id and d.kind = 'clusterReview' and d.closed_on is null) as review_due_on,
         (select to_jsonb(h) from higher_decisions h where h.nomination_id = i.id) as higher_decision
    from workflow_instances i
    join nominations n on n.id = i.id
    join units u on u.id = n.unit_id
    where i.id = any($1::uuid[])`;

/** These nominations, in one statement; `today` is the day on which the cluster's members are counted. */
export function readNominationCases(
  db: Knex,
  ids: readonly string[],
  today: string,
): Promise<NominationView[]> {
  return prepared<NominationView>(db, { name: 'nomination-cases', text: READ, values: [ids, today] });
}
