import type { Knex } from 'knex';

/** No award without a decision, none without its case, no gap in the book: asked when the transaction commits. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function guard_award() returns trigger language plpgsql as $$
    declare
      fault text;
    begin
      if new.decision_id is null then
        if not exists (select 1 from higher_decisions h where h.nomination_id = new.nomination_id and h.granted) then
          fault := 'has no issued decision';
        else
          select format('lacks its required %s', missing) into fault
            from missing_before_decision(array[new.nomination_id]) where missing is not null;
        end if;
      elsif not exists (
        select 1 from decisions d
          join workflow_instances i on i.id = d.id
          join decision_items x on x.decision_id = d.id and x.nomination_id = new.nomination_id
          where d.id = new.decision_id and d.kind = 'award' and i.state = 'issued'
      ) then
        fault := 'has no issued decision';
      end if;
      if fault is null and new.book_number > 1 and not exists (
        select 1 from awards where book_year = new.book_year and book_number = new.book_number - 1
      ) then
        fault := 'would leave a gap in the golden book';
      end if;
      if fault is null and not exists (
        select 1 from workflow_instances where id = new.nomination_id and state in ('awarded', 'revoked')
      ) then
        fault := 'belongs to a case that is not awarded';
      end if;
      if fault is not null then
        raise exception 'award % %', new.id, fault
          using errcode = 'check_violation', constraint = 'awards_have_a_decision';
      end if;
      return null;
    end $$;
    create constraint trigger awards_have_a_decision after insert on awards
      deferrable initially deferred for each row execute function guard_award();

    create function guard_award_change() returns trigger language plpgsql as $$
    begin
      if not exists (
        select 1 from decisions d
          join workflow_instances i on i.id = d.id
          join decision_items x on x.decision_id = d.id and x.award_id = new.award_id
          where d.id = new.decision_id and d.kind = tg_argv[0] and i.state = 'issued'
      ) or tg_argv[0] = 'revocation' and not exists (
        select 1 from awards a join workflow_instances i on i.id = a.nomination_id
          where a.id = new.award_id and i.state = 'revoked'
      ) then
        raise exception 'award % is not named by an issued % decision', new.award_id, tg_argv[0]
          using errcode = 'check_violation', constraint = tg_name;
      end if;
      return null;
    end $$;
    create constraint trigger revocations_have_a_decision after insert on award_revocations
      deferrable initially deferred for each row execute function guard_award_change('revocation');
    create constraint trigger corrections_have_a_decision after insert on award_corrections
      deferrable initially deferred for each row execute function guard_award_change('correction');

    -- An awarded case has an award that stands, a revoked one an award that was taken back.
    create function guard_awarded_case() returns trigger language plpgsql as $$
    declare
      now_state text;
      taken_back boolean;
    begin
      select state into now_state from workflow_instances where id = new.id;
      select r.award_id is not null into taken_back
        from awards a left join award_revocations r on r.award_id = a.id where a.nomination_id = new.id;
      if now_state in ('awarded', 'revoked') and taken_back is distinct from (now_state = 'revoked') then
        raise exception 'case % cannot be %: the golden book does not say so', new.id, now_state
          using errcode = 'check_violation', constraint = 'awarded_cases_have_an_award';
      end if;
      return null;
    end $$;
    create constraint trigger awarded_cases_have_an_award after insert or update on workflow_instances
      deferrable initially deferred for each row
      when (new.workflow = 'nomination' and new.state in ('awarded', 'revoked'))
      execute function guard_awarded_case();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger awarded_cases_have_an_award on workflow_instances;
    drop trigger corrections_have_a_decision on award_corrections;
    drop trigger revocations_have_a_decision on award_revocations;
    drop trigger awards_have_a_decision on awards;
    drop function guard_awarded_case, guard_award_change, guard_award;
  `);
}
