import type { Knex } from 'knex';
import { prepared } from '../connect.ts';
import type { CouncilStage } from '../councilCases.ts';
import type { Choice } from '../openVotes.ts';
import type { InstanceRow } from '../workflowInstances.ts';
import { INSTANCE_COLUMNS } from './caseColumns.ts';

/** A member of the session: an office, who holds it, and whether they are there (null: not recorded yet). */
export interface SessionMember {
  id: string;
  name: string;
  title: string;
  /** Holds the chairman's office as well. */
  chairs: boolean;
  present: boolean | null;
  reason: string | null;
}

/** The newest ballot on a case. */
export interface CaseBallot {
  id: string;
  round: number;
  base: number;
  needed: number;
  reason: string | null;
  closed: boolean;
  yes: number | null;
  passed: boolean | null;
  chair_order: string | null;
  roll: string[];
  closing_roll: string[];
  votes: { member_id: string; choice: Choice }[];
}

/** A case on the agenda with all that was recorded about it in this session. Rules as stored: not parsed yet. */
export interface AgendaCase {
  nomination_id: string;
  ordinal: number;
  sheet_rule: unknown;
  vote_rule: unknown;
  quorum: unknown;
  scoring: CouncilStage;
  scoring_result: unknown;
  ballot_stage: CouncilStage;
  award_code: string;
  subject_name: string;
  unit_id: string;
  unit_name: string;
  nomination_state: string;
  nomination_finished: boolean;
  recusals: { member_id: string; reason: string }[];
  sheets: { member_id: string | null; points: Record<string, string>; handed_in: boolean }[];
  ballot: CaseBallot | null;
}

/** A council session with its members and cases, as the door and the page need it. */
export interface CouncilSessionCase extends InstanceRow {
  member_unit_ids: readonly string[];
  pack_id: null;
  session: { title: string; held_on: string | null; place: string | null };
  members: SessionMember[];
  cases: AgendaCase[];
}

const MEMBERS = `
  select jsonb_agg(jsonb_build_object(
           'id', o.id, 'name', a.display_name, 'title', o.title, 'present', p.present, 'reason', p.reason,
           'chairs', exists (select 1 from offices c where c.account_id = o.account_id and c.role = 'chairman'
                               and c.valid_from <= coalesce(s.held_on, $2::date)
                               and (c.valid_to is null or c.valid_to >= coalesce(s.held_on, $2::date)))
         ) order by m.ordinality)
    from unnest(s.member_ids) with ordinality as m (id, ordinality)
    join offices o on o.id = m.id
    join accounts a on a.id = o.account_id
    left join council_presence p on p.session_id = s.id and p.member_id = o.id`;

const BALLOT = `
  select jsonb_build_object(
           'id', b.id, 'round', b.round, 'base', b.base, 'needed', b.needed, 'reason', b.reason,
           'closed', b.closed_at is not null, 'yes', b.yes, 'passed', b.passed, 'chair_order', b.chair_order,
           'roll', (select jsonb_agg(r.member_id order by r.member_id) from ballot_roll r
                      where r.ballot_id = b.id and r.stage = 'open'),
           'closing_roll', coalesce((select jsonb_agg(r.member_id order by r.member_id) from ballot_roll r
                      where r.ballot_id = b.id and r.stage = 'close'), '[]'),
           'votes', coalesce((select jsonb_agg(jsonb_build_object('member_id', v.member_id, 'choice', v.choice)
                                               order by v.member_id)
                      from open_votes v where v.ballot_id = b.id), '[]'))
    from ballots b where b.session_id = s.id and b.nomination_id = c.nomination_id
    order by b.round desc limit 1`;

const CASES = `
  select jsonb_agg(jsonb_build_object(
           'nomination_id', c.nomination_id, 'ordinal', c.ordinal, 'sheet_rule', c.sheet_rule,
           'vote_rule', c.vote_rule, 'quorum', c.quorum, 'scoring', c.scoring,
           'scoring_result', c.scoring_result, 'ballot_stage', c.ballot,
           'award_code', n.award_code, 'subject_name', n.subject_name, 'unit_id', n.unit_id, 'unit_name', u.name,
           'nomination_state', ni.state, 'nomination_finished', ni.finished,
           'recusals', coalesce((select jsonb_agg(jsonb_build_object('member_id', r.member_id, 'reason', r.reason)
                                                  order by r.member_id)
                         from council_recusals r
                         where r.session_id = s.id and r.nomination_id = c.nomination_id), '[]'),
           'sheets', coalesce((select jsonb_agg(jsonb_build_object('member_id', x.member_id, 'points', x.points,
                                                                   'handed_in', x.handed_in) order by x.id)
                         from council_sheets x
                         where x.session_id = s.id and x.nomination_id = c.nomination_id), '[]'),
           'ballot', (${BALLOT})
         ) order by c.ordinal)
    from council_cases c
    join nominations n on n.id = c.nomination_id
    join workflow_instances ni on ni.id = n.id
    join units u on u.id = n.unit_id
    where c.session_id = s.id`;

const READ = `
  select ${INSTANCE_COLUMNS}, '{}'::uuid[] as member_unit_ids, null as pack_id,
         jsonb_build_object('title', s.title, 'held_on', s.held_on, 'place', s.place) as session,
         coalesce((${MEMBERS}), '[]') as members, coalesce((${CASES}), '[]') as cases
    from workflow_instances i join council_sessions s on s.id = i.id
    where i.id = any($1::uuid[])`;

/** These council sessions on the day `today`, in one statement. */
export function readCouncilSessionCases(
  db: Knex,
  ids: readonly string[],
  today: string,
): Promise<CouncilSessionCase[]> {
  return prepared<CouncilSessionCase>(db, {
    name: 'council-session-cases',
    text: READ,
    values: [ids, today],
  });
}
