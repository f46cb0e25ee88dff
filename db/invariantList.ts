/** Something that must hold in the whole database, as a query for what breaks it (a text that names each place). */
export interface Invariant {
  name: string;
  says: string;
  breaches: string;
}

export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'history-is-gapless',
    says: 'the revisions of every case run from 1 to where it stands',
    breaches: `select i.id::text as place from workflow_instances i
      left join lateral (select count(*) as n, max(revision) as last from workflow_history h where h.instance_id = i.id) h on true
      where h.n <> i.revision or h.last <> i.revision`,
  },
  {
    name: 'case-stands-where-its-history-ends',
    says: 'state and hash of every case are those of its last event',
    breaches: `select i.id::text as place from workflow_instances i
      left join workflow_history h on h.instance_id = i.id and h.revision = i.revision
      where h.to_state is distinct from i.state or h.hash is distinct from i.head_hash`,
  },
  {
    name: 'award-has-an-issued-decision',
    says: 'every award rests on an issued award decision that lists its case, or on a granted higher decision',
    breaches: `select a.id::text as place from awards a
      where not exists (
          select 1 from decisions d join workflow_instances i on i.id = d.id and i.state = 'issued'
            join decision_items x on x.decision_id = d.id and x.nomination_id = a.nomination_id
            where d.id = a.decision_id and d.kind = 'award')
        and not exists (select 1 from higher_decisions h where h.nomination_id = a.nomination_id and h.granted)`,
  },
  {
    name: 'awarded-case-is-in-the-golden-book',
    says: 'every awarded or revoked case has its award',
    breaches: `select i.id::text as place from workflow_instances i
      where i.workflow = 'nomination' and i.state in ('awarded', 'revoked')
        and not exists (select 1 from awards a where a.nomination_id = i.id)`,
  },
  {
    name: 'revoked-case-has-a-revocation',
    says: 'a case is revoked exactly where an issued revocation takes its award back',
    breaches: `select a.id::text as place from awards a
      join workflow_instances i on i.id = a.nomination_id
      left join award_revocations r on r.award_id = a.id
      where (i.state = 'revoked') <> (r.award_id is not null)`,
  },
  {
    name: 'decided-case-had-its-scores-and-votes',
    says: 'no case of an issued award decision lacks what its pinned pack asks for',
    breaches: `select m.case_id::text as place from missing_before_decision(array(
        select x.nomination_id from decision_items x
          join decisions d on d.id = x.decision_id and d.kind = 'award'
          join workflow_instances i on i.id = d.id and i.state = 'issued')) m
      where m.missing is not null`,
  },
  {
    name: 'golden-book-is-gapless',
    says: 'the numbers of every year of the golden book run from 1 without a gap',
    breaches: `select book_year::text as place from awards group by book_year
      having max(book_number) <> count(*) or min(book_number) <> 1`,
  },
  {
    name: 'issued-decision-is-numbered',
    says: 'every issued decision has its number, date and signatory',
    breaches: `select d.id::text as place from decisions d join workflow_instances i on i.id = d.id
      where i.state = 'issued' and (d.number is null or d.signatory is null)`,
  },
  {
    name: 'finished-case-owes-nothing',
    says: 'no deadline of a finished case is open',
    breaches: `select d.id::text as place from deadlines d join workflow_instances i on i.id = d.instance_id
      where i.finished and d.closed_on is null`,
  },
  {
    name: 'ballot-is-counted-right',
    says: 'the yes votes of every closed open ballot are those cast, and it passed exactly when they are enough',
    breaches: `select b.id::text as place from ballots b
      where b.closed_at is not null and b.method = 'open'
        and (b.yes <> (select count(*) from open_votes v where v.ballot_id = b.id and v.choice = 'yes')
          or b.passed <> (b.yes * (b.rule -> 'minimum' ->> 'den')::integer >= (b.rule -> 'minimum' ->> 'num')::integer * b.base))`,
  },
  {
    name: 'secret-ballot-has-no-names',
    says: 'no vote of a secret ballot stands in a table with its voter',
    breaches: `select v.ballot_id::text as place from open_votes v join ballots b on b.id = v.ballot_id where b.method = 'secret'`,
  },
  {
    name: 'nobody-scores-itself',
    says: 'no unit stands as the scorer of its own sheet but in its self-score',
    breaches: `select id::text as place from score_sheets where layer in ('cluster', 'department') and scorer_unit_id = unit_id`,
  },
  {
    name: 'finalized-round-has-one-result',
    says: 'every finalized round has exactly one standing result, and no other round has one',
    breaches: `select r.id::text as place from scoring_rounds r join workflow_instances i on i.id = r.id
      left join lateral (select count(*) as n from round_results x where x.round_id = r.id and x.superseded_at is null) x on true
      where x.n <> case when i.state = 'finalized' then 1 else 0 end`,
  },
  {
    name: 'mail-left-for-what-was-owed',
    says: 'every digest that left carries at least one entry of the ledger',
    breaches: `select m.id::text as place from mails m where m.kind = 'digest' and m.status = 'sent'
      and not exists (select 1 from mail_entries e where e.mail_id = m.id)`,
  },
  {
    name: 'change-of-an-award-has-an-issued-decision',
    says: 'every revocation and every correction rests on an issued decision of its kind that lists the award',
    breaches: `select c.award_id::text as place
      from (select award_id, decision_id, 'revocation' as kind from award_revocations
            union all select award_id, decision_id, 'correction' from award_corrections) c
      where not exists (select 1 from decisions d join workflow_instances i on i.id = d.id and i.state = 'issued'
        join decision_items x on x.decision_id = d.id and x.award_id = c.award_id
        where d.id = c.decision_id and d.kind = c.kind)`,
  },
  {
    name: 'case-is-in-one-unfinished-session',
    says: 'no case stands on the agenda of two council sessions that are not finished',
    breaches: `select c.nomination_id::text as place from council_cases c
      join workflow_instances i on i.id = c.session_id and not i.finished
      group by c.nomination_id having count(*) > 1`,
  },
  {
    name: 'case-is-in-one-unfinished-decision',
    says: 'no case stands in two unfinished decisions of one kind',
    breaches: `select x.nomination_id::text as place from decision_items x
      join decisions d on d.id = x.decision_id join workflow_instances i on i.id = d.id and not i.finished
      group by x.nomination_id, d.kind having count(*) > 1`,
  },
  {
    name: 'council-scores-are-those-of-the-sheets',
    says: 'the scoring of a case passed exactly when the sheets that were handed in reach what its rule asks for',
    breaches: `select c.nomination_id::text as place from council_cases c
      where c.scoring in ('passed', 'failed') and (c.scoring = 'passed') is distinct from
        council_score_reached(c.sheet_rule, array(select s.points from council_sheets s
          where s.session_id = c.session_id and s.nomination_id = c.nomination_id and s.handed_in))`,
  },
  {
    name: 'recused-member-says-nothing',
    says: 'no sheet and no vote on a case is of a member who has stepped aside from it',
    breaches: `select r.nomination_id::text as place from council_recusals r
      where exists (select 1 from council_sheets s
          where s.session_id = r.session_id and s.nomination_id = r.nomination_id and s.member_id = r.member_id)
        or exists (select 1 from open_votes v join ballots b on b.id = v.ballot_id
          where b.session_id = r.session_id and b.nomination_id = r.nomination_id and v.member_id = r.member_id)`,
  },
  {
    name: 'cluster-vote-is-of-others',
    says: 'no unit has voted on its own case',
    breaches: `select v.nomination_id::text as place from cluster_votes v
      join nominations n on n.id = v.nomination_id and n.unit_id = v.unit_id`,
  },
  {
    name: 'case-owes-what-its-state-says',
    says: 'the deadlines that run for a nomination, registration, decision or session are those of its state',
    breaches: `select i.id::text as place from workflow_instances i
      left join (values ('nomination', 'clusterReview', 'clusterReview'), ('nomination', 'appraisal', 'appraisal'),
          ('nomination', 'supplement', 'supplement'), ('nomination', 'awaitingDecision', 'decision'),
          ('registration', 'submitted', 'registrationReview'), ('decision', 'awaitingSignature', 'signature'),
          ('decision', 'signed', 'issue'), ('councilSession', 'adjourned', 'minutes')) owed (workflow, state, kind)
        on owed.workflow = i.workflow and owed.state = i.state
      where i.workflow in ('nomination', 'registration', 'decision', 'councilSession')
        and array(select d.kind from deadlines d
              where d.instance_id = i.id and d.closed_on is null and d.paused_on is null)
          is distinct from array_remove(array[owed.kind], null)`,
  },
  {
    name: 'receipt-has-its-answer',
    says: 'every idempotency key that is kept has the answer that it gives again',
    breaches: `select key as place from receipts where status is null or answer is null`,
  },
];
