import type { Knex } from 'knex';

/**
 * The second wall around decisions and the golden book (design.md §2): what the one door would never do, the
 * database refuses to anybody who connects as the app. Items are checked as one set when they are listed; what
 * must be true of a whole transaction is checked when it commits.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Whether sheets that were handed in reach what a council sheet asks for (contract.md §3): enough whole sheets,
    -- and the sum of each criterion's aggregate at least the minimum. No division: sums against sums, exactly.
    create function council_score_reached(rule jsonb, sheets jsonb[]) returns boolean language sql immutable as $$
      with criterion as (
        select c ->> 'code' as code, (c ->> 'maxPoints')::numeric as most
          from jsonb_array_elements(rule -> 'criteria') as c
      ), whole as (
        select sheet from unnest(sheets) as sheet
          where not exists (select 1 from criterion where sheet -> code is null)
      ), scored as (
        select c.most, array_agg((w.sheet ->> c.code)::numeric order by (w.sheet ->> c.code)::numeric) as points
          from criterion c cross join whole w group by c.code, c.most
      ), summed as (
        select most, cardinality(points) as scorers, points,
               (select sum(p) from unnest(points) as p) as total,
               rule ->> 'aggregate' = 'trimmed-mean' and cardinality(points) >= 3 as trimmed,
               rule ->> 'aggregate' = 'median' as median
          from scored
      )
      select coalesce(bool_and(scorers >= (rule ->> 'minScorers')::integer), false)
             and sum(case when median then points[(scorers + 1) / 2] + points[scorers / 2 + 1]
                          when trimmed then total - points[1] - points[scorers]
                          else total end) * 100
                 >= (rule ->> 'minPercent')::numeric * sum(most)
                    * max(case when median then 2 when trimmed then scorers - 2 else scorers end)
        from summed
    $$;

    -- What the pinned pack asks of cases before anybody may decide on them: one row for each case, 'missing' null
    -- when all of it is there. The counts are taken from the votes themselves, in integers.
    create function missing_before_decision(case_ids uuid[])
      returns table (case_id uuid, missing text, higher boolean) language sql stable as $$
      with rule as materialized (
        select p.id as pack_id, award ->> 'code' as award_code,
               nullif(award #> '{route,clusterVote}', 'null') as cluster_vote,
               nullif(award #> '{route,council,sheet}', 'null') as sheet,
               nullif(award #> '{route,council,vote}', 'null') as vote,
               nullif(award #> '{route,higher}', 'null') is not null as higher
          from rule_packs p cross join lateral jsonb_array_elements(p.content -> 'awards') as award
          where p.id in (select pack_id from nominations where id = any (case_ids))
      )
      select n.id, case
          when r.pack_id is null then 'award rule'
          when r.cluster_vote is not null and not exists (
            select 1 from cluster_vote_results c
              where c.nomination_id = n.id and c.passed
                and (select count(*) from cluster_votes v where v.nomination_id = n.id and v.choice = 'yes')
                    * (r.cluster_vote #>> '{minimum,den}')::integer
                    >= (r.cluster_vote #>> '{minimum,num}')::integer * c.base
          ) then 'cluster vote'
          when r.sheet is not null and not exists (
            select 1 from council_cases c
              where c.nomination_id = n.id and c.scoring = 'passed'
                and council_score_reached(r.sheet, array(
                  select s.points from council_sheets s
                    where s.session_id = c.session_id and s.nomination_id = n.id and s.handed_in
                      and not exists (select 1 from council_recusals away
                        where away.session_id = s.session_id and away.nomination_id = s.nomination_id
                          and away.member_id = s.member_id)))
          ) then 'council scores'
          when r.vote is not null and not exists (
            select 1 from ballots b
              where b.nomination_id = n.id and b.passed and b.method = r.vote ->> 'method'
                and ((select count(*) from open_votes v where v.ballot_id = b.id and v.choice = 'yes')
                   + (select count(*) from ballot_box v where v.ballot_id = b.id and v.choice = 'yes'))
                    * (r.vote #>> '{minimum,den}')::integer
                    >= (r.vote #>> '{minimum,num}')::integer * b.base
          ) then 'council vote'
        end, coalesce(r.higher, false)
        from nominations n
        left join rule r on r.pack_id = n.pack_id and r.award_code = n.award_code
        where n.id = any (case_ids)
    $$;

    create function guard_listed_items() returns trigger language plpgsql as $$
    declare
      fault text;
    begin
      -- Two decisions that list the same case wait for each other here, in order of id.
      perform 1 from workflow_instances where id in (select nomination_id from listed) order by id for no key update;

      -- 'execute' plans anew each time: a kept plan that was made for one item takes seconds for thousands.
      execute $check$
        select min(case
            when own.state <> 'draft' then format('the items of a %s decision stay as they are', own.state)
            when (d.kind = 'award') <> (x.award_id is null)
              or (d.kind = 'correction') <> (x.recipient_name is not null)
              then format('case %s is no item of a %s decision', x.nomination_id, d.kind)
            when d.kind = 'award' and c.state <> 'awaitingDecision'
              then format('case %s is %s, not awaiting a decision', c.id, c.state)
            when d.kind <> 'award' and c.state <> 'awarded' then format('award %s does not stand', x.award_id)
            when d.kind <> 'award' and a.decision_id is null
              then format('award %s was conferred by a higher authority', x.award_id)
            when oi.id is not null then format('case %s stands in another unfinished %s decision', c.id, d.kind)
          end)
          from listed x
          join decisions d on d.id = x.decision_id
          join workflow_instances own on own.id = d.id
          join workflow_instances c on c.id = x.nomination_id
          left join awards a on a.id = x.award_id
          left join decision_items other on other.nomination_id = x.nomination_id and other.decision_id <> x.decision_id
          left join decisions od on od.id = other.decision_id and od.kind = d.kind
          left join workflow_instances oi on oi.id = od.id and not oi.finished
      $check$ into fault;
      if fault is null then
        select min(case when missing is not null then format('case %s lacks its required %s', case_id, missing)
                        when higher then format('case %s is decided at the higher level', case_id) end) into fault
          from missing_before_decision(array(select nomination_id from listed where award_id is null));
      end if;
      if fault is not null then
        raise exception '%', fault using errcode = 'check_violation', constraint = 'decision_items_are_lawful';
      end if;
      return null;
    end $$;
    create trigger decision_items_are_lawful after insert on decision_items
      referencing new table as listed for each statement execute function guard_listed_items();

    create function guard_dropped_items() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1 from dropped x join workflow_instances own on own.id = x.decision_id where own.state <> 'draft'
      ) then
        raise exception 'the items of a decision stay as they are once it has left its draft'
          using errcode = 'check_violation', constraint = 'decision_items_are_lawful';
      end if;
      return null;
    end $$;
    create trigger decision_items_go_from_drafts after delete on decision_items
      referencing old table as dropped for each statement execute function guard_dropped_items();
    create trigger decision_items_stay before update or truncate on decision_items
      for each statement execute function refuse_change();

    -- A decision keeps its kind, and all it says once it is numbered. A case keeps its award, pack and unit.
    create trigger decisions_stay before update on decisions
      for each row when (old.number is not null or new.kind <> old.kind) execute function refuse_change();
    create trigger decisions_are_not_dropped before delete on decisions
      for each row execute function refuse_change();
    create trigger nominations_keep_their_rule before update on nominations
      for each row when ((new.award_code, new.pack_id, new.unit_id) is distinct from (old.award_code, old.pack_id, old.unit_id))
      execute function refuse_change();

    -- What is issued stays issued; what is awarded can only be revoked; what is revoked stays revoked.
    create function guard_settled_state() returns trigger language plpgsql as $$
    begin
      raise exception '% % stays %: % refused', old.workflow, old.id, old.state, new.state
        using errcode = 'check_violation', constraint = 'settled_states_stay';
    end $$;
    create trigger settled_states_stay before update on workflow_instances
      for each row when (
        new.workflow <> old.workflow
        or (old.workflow = 'decision' and old.state = 'issued' and new.state <> 'issued')
        or (old.workflow = 'nomination' and old.state = 'awarded' and new.state not in ('awarded', 'revoked'))
        or (old.workflow = 'nomination' and old.state = 'revoked' and new.state <> 'revoked')
      ) execute function guard_settled_state();

    -- A decision that is signed or issued, as it stands at the end of the transaction.
    create function guard_decision_step() returns trigger language plpgsql as $$
    declare
      decided record;
      fault text;
    begin
      select d.*, i.state,
             (select count(*) from decision_items x where x.decision_id = d.id) as listed,
             (select count(*) from awards a where a.decision_id = d.id) as conferred,
             (select count(*) from award_revocations r where r.decision_id = d.id) as revoked,
             (select count(*) from award_corrections r where r.decision_id = d.id) as corrected
        into decided
        from workflow_instances i left join decisions d on d.id = i.id where i.id = new.id;
      if decided.state not in ('signed', 'issued') then
        return null;
      end if;
      if decided.id is null or decided.listed = 0 then
        fault := 'decides on nothing';
      elsif decided.signed_by is null then
        fault := 'bears no signature';
      elsif decided.kind = 'award' then
        select format('holds case %s without its required %s', case_id, missing) into fault
          from missing_before_decision(array(select nomination_id from decision_items where decision_id = new.id))
          where missing is not null limit 1;
      end if;
      if fault is null and decided.state = 'issued' then
        if decided.number is null then
          fault := 'bears no number';
        elsif (decided.listed <> case decided.kind
            when 'award' then decided.conferred when 'revocation' then decided.revoked else decided.corrected end) then
          fault := 'is issued for some of its items only';
        end if;
      end if;
      if fault is not null then
        raise exception 'decision % %', new.id, fault
          using errcode = 'check_violation', constraint = 'decisions_are_lawful';
      end if;
      return null;
    end $$;
    create constraint trigger decisions_are_lawful after insert or update on workflow_instances
      deferrable initially deferred for each row
      when (new.workflow = 'decision' and new.state in ('signed', 'issued'))
      execute function guard_decision_step();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger decisions_are_lawful on workflow_instances;
    drop trigger settled_states_stay on workflow_instances;
    drop trigger nominations_keep_their_rule on nominations;
    drop trigger decisions_are_not_dropped on decisions;
    drop trigger decisions_stay on decisions;
    drop trigger decision_items_stay on decision_items;
    drop trigger decision_items_go_from_drafts on decision_items;
    drop trigger decision_items_are_lawful on decision_items;
    drop function guard_decision_step, guard_settled_state, guard_dropped_items, guard_listed_items, missing_before_decision,
      council_score_reached;
  `);
}
