import type { Knex } from 'knex';

/** Rows that are written once and stay: neither the app nor a slip of the owner changes them. */
const WRITE_ONCE = [
  'workflow_history',
  'rule_packs',
  'cluster_votes',
  'cluster_vote_results',
  'ballot_roll',
  'open_votes',
  'ballot_box',
  'higher_decisions',
  'awards',
  'award_revocations',
  'award_corrections',
];

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is write-once: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
    end $$;
  `);
  for (const table of WRITE_ONCE) {
    await db.raw(`
      create trigger ${table}_rows_stay before update or delete on ${table}
        for each row execute function refuse_change();
      create trigger ${table}_stays before truncate on ${table}
        for each statement execute function refuse_change();
    `);
  }

  await db.raw(`
    -- What the pinned pack asks of a case before anybody may decide on it: null when all of it is there,
    -- else what is missing. The counts are taken from the votes themselves, in integers.
    create function missing_before_decision(case_id uuid) returns text language plpgsql stable as $$
    declare
      asked jsonb;
      cluster_rule jsonb;
      council_rule jsonb;
      vote_rule jsonb;
    begin
      select award -> 'route' into asked
        from nominations n
        join rule_packs p on p.id = n.pack_id
        cross join lateral jsonb_array_elements(p.content -> 'awards') as award
        where n.id = case_id and award ->> 'code' = n.award_code;
      if asked is null then
        return 'award rule';
      end if;

      cluster_rule := nullif(asked -> 'clusterVote', 'null'::jsonb);
      if cluster_rule is not null and not exists (
        select 1 from cluster_vote_results r
          where r.nomination_id = case_id and r.passed
            and (select count(*) from cluster_votes v where v.nomination_id = case_id and v.choice = 'yes')
                * (cluster_rule -> 'minimum' ->> 'den')::integer
                >= (cluster_rule -> 'minimum' ->> 'num')::integer * r.base
      ) then
        return 'cluster vote';
      end if;

      council_rule := nullif(asked -> 'council', 'null'::jsonb);
      if council_rule is null then
        return null;
      end if;
      if nullif(council_rule -> 'sheet', 'null'::jsonb) is not null and not exists (
        select 1 from council_cases c
          where c.nomination_id = case_id and c.scoring = 'passed'
            and (select count(*) from council_sheets s
                   where s.session_id = c.session_id and s.nomination_id = case_id and s.handed_in)
                >= (council_rule -> 'sheet' ->> 'minScorers')::integer
      ) then
        return 'council scores';
      end if;

      vote_rule := nullif(council_rule -> 'vote', 'null'::jsonb);
      if vote_rule is not null and not exists (
        select 1 from ballots b
          where b.nomination_id = case_id and b.passed and b.method = vote_rule ->> 'method'
            and (select count(*) from open_votes v where v.ballot_id = b.id and v.choice = 'yes')
                * (vote_rule -> 'minimum' ->> 'den')::integer
                >= (vote_rule -> 'minimum' ->> 'num')::integer * b.base
      ) then
        return 'council vote';
      end if;
      return null;
    end $$;

    create function guard_decision_item() returns trigger language plpgsql as $$
    declare
      kind text;
      decision_state text;
      case_state text;
      missing text;
    begin
      select d.kind, i.state into kind, decision_state
        from decisions d join workflow_instances i on i.id = d.id
        where d.id = coalesce(new.decision_id, old.decision_id);
      if decision_state <> 'draft' then
        raise exception 'the items of a % decision stay as they are', decision_state using errcode = 'check_violation';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      if kind = 'award' then
        select state into case_state from workflow_instances where id = new.nomination_id;
        if case_state is distinct from 'awaitingDecision' then
          raise exception 'case % is %, not awaiting a decision', new.nomination_id, case_state using errcode = 'check_violation';
        end if;
        missing := missing_before_decision(new.nomination_id);
        if missing is not null then
          raise exception 'case % lacks its required %', new.nomination_id, missing using errcode = 'check_violation';
        end if;
      elsif new.award_id is null then
        raise exception 'a % decision names the award it is about', kind using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger decision_items_are_lawful before insert or update or delete on decision_items
      for each row execute function guard_decision_item();

    -- Asked again at signing and at issue: what was complete when it was listed may have been undone since.
    create function guard_decision_step() returns trigger language plpgsql as $$
    declare
      missing text;
    begin
      if not exists (select 1 from decision_items where decision_id = new.id) then
        raise exception 'decision % decides on nothing', new.id using errcode = 'check_violation';
      end if;
      if (select kind from decisions where id = new.id) = 'award' then
        select missing_before_decision(nomination_id) into missing from decision_items
          where decision_id = new.id and missing_before_decision(nomination_id) is not null limit 1;
        if missing is not null then
          raise exception 'decision % holds a case without its required %', new.id, missing using errcode = 'check_violation';
        end if;
      end if;
      return null;
    end $$;
    create constraint trigger decisions_are_lawful after update on workflow_instances
      for each row when (new.workflow = 'decision' and new.state = 'signed' and old.state <> 'signed')
      execute function guard_decision_step();

    create function guard_award() returns trigger language plpgsql as $$
    begin
      if new.decision_id is not null then
        if not exists (
          select 1 from decisions d
            join workflow_instances i on i.id = d.id
            join decision_items x on x.decision_id = d.id and x.nomination_id = new.nomination_id
            where d.id = new.decision_id and d.kind = 'award' and i.state = 'issued'
        ) then
          raise exception 'award % has no issued decision', new.id using errcode = 'check_violation';
        end if;
      elsif not exists (select 1 from higher_decisions h where h.nomination_id = new.nomination_id and h.granted) then
        raise exception 'award % has no issued decision', new.id using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    create constraint trigger awards_have_a_decision after insert on awards
      deferrable initially deferred for each row execute function guard_award();

    create function guard_revocation() returns trigger language plpgsql as $$
    begin
      if not exists (
        select 1 from decisions d
          join workflow_instances i on i.id = d.id
          join decision_items x on x.decision_id = d.id and x.award_id = new.award_id
          where d.id = new.decision_id and d.kind = tg_argv[0] and i.state = 'issued'
      ) then
        raise exception 'award % is not named by an issued % decision', new.award_id, tg_argv[0] using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    create constraint trigger revocations_have_a_decision after insert on award_revocations
      deferrable initially deferred for each row execute function guard_revocation('revocation');
    create constraint trigger corrections_have_a_decision after insert on award_corrections
      deferrable initially deferred for each row execute function guard_revocation('correction');

    create function guard_awarded_case() returns trigger language plpgsql as $$
    begin
      if not exists (select 1 from awards where nomination_id = new.id) then
        raise exception 'case % cannot be awarded without an award in the golden book', new.id using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    create constraint trigger awarded_cases_have_an_award after insert or update on workflow_instances
      deferrable initially deferred for each row
      when (new.workflow = 'nomination' and new.state in ('awarded', 'revoked'))
      execute function guard_awarded_case();

    -- A vote counts only while its ballot is open.
    create function guard_open_vote() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from ballots where id = new.ballot_id and closed_at is not null) then
        raise exception 'ballot % is closed', new.ballot_id using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger open_votes_before_close before insert on open_votes
      for each row execute function guard_open_vote();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger open_votes_before_close on open_votes;
    drop trigger awarded_cases_have_an_award on workflow_instances;
    drop trigger corrections_have_a_decision on award_corrections;
    drop trigger revocations_have_a_decision on award_revocations;
    drop trigger awards_have_a_decision on awards;
    drop trigger decisions_are_lawful on workflow_instances;
    drop trigger decision_items_are_lawful on decision_items;
    drop function guard_open_vote, guard_awarded_case, guard_revocation, guard_award, guard_decision_step,
      guard_decision_item;
    drop function missing_before_decision;
  `);
  for (const table of WRITE_ONCE) {
    await db.raw(`drop trigger ${table}_stays on ${table}; drop trigger ${table}_rows_stay on ${table}`);
  }
  await db.raw('drop function refuse_change');
}
