import type { Knex } from 'knex';

/** The council's figures stand once they are fixed, whoever asks the database to change them. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- A sheet is written while the scoring of its case is open, and never after.
    create function guard_council_sheet() returns trigger language plpgsql as $$
    begin
      perform 1 from council_cases
        where session_id = coalesce(new.session_id, old.session_id)
          and nomination_id = coalesce(new.nomination_id, old.nomination_id) and scoring = 'open';
      if not found then
        raise exception 'the scoring of this case is not open' using errcode = 'check_violation';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger council_sheets_while_open before insert or update or delete on council_sheets
      for each row execute function guard_council_sheet();

    -- The rules of a case are those it came with, and a result stays.
    create function guard_council_case() returns trigger language plpgsql as $$
    begin
      if (new.sheet_rule, new.vote_rule, new.quorum) is distinct from (old.sheet_rule, old.vote_rule, old.quorum) then
        raise exception 'the rules of a case before the council stay as they are' using errcode = 'check_violation';
      end if;
      if old.scoring in ('passed', 'failed') and (new.scoring, new.scoring_result) is distinct from (old.scoring, old.scoring_result) then
        raise exception 'the scores of this case are closed' using errcode = 'check_violation';
      end if;
      if old.ballot in ('passed', 'failed') and new.ballot <> old.ballot then
        raise exception 'the ballot on this case is closed' using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger council_cases_stay before update on council_cases
      for each row execute function guard_council_case();

    -- A ballot asks for what the rule asks for, opens once, and closes once with what was voted.
    create function guard_ballot() returns trigger language plpgsql as $$
    declare
      num bigint := (new.rule -> 'minimum' ->> 'num')::bigint;
      den bigint := (new.rule -> 'minimum' ->> 'den')::bigint;
      cast_yes bigint;
    begin
      if tg_op = 'INSERT' then
        perform 1 from council_cases
          where session_id = new.session_id and nomination_id = new.nomination_id
            and vote_rule = new.rule and new.method = new.rule ->> 'method';
        if not found or new.needed <> (new.base * num + den - 1) / den or new.closed_at is not null then
          raise exception 'ballot % is not what the rule of its case asks for', new.id using errcode = 'check_violation';
        end if;
        return new;
      end if;
      if old.closed_at is not null
        or to_jsonb(new) - array['closed_at', 'yes', 'passed', 'chair_order']
          is distinct from to_jsonb(old) - array['closed_at', 'yes', 'passed', 'chair_order']
      then
        raise exception 'ballot % stays as it is', old.id using errcode = 'check_violation';
      end if;
      if new.method = 'open' and new.closed_at is not null then
        select count(*) into cast_yes from open_votes where ballot_id = new.id and choice = 'yes';
        if new.yes <> cast_yes or new.passed <> (cast_yes * den >= num * new.base) then
          raise exception 'ballot % is not closed with what was voted', new.id using errcode = 'check_violation';
        end if;
      end if;
      return new;
    end $$;
    create trigger ballots_follow_the_rule before insert or update on ballots
      for each row execute function guard_ballot();
    create trigger ballots_stay before delete on ballots
      for each row execute function refuse_change();

    -- Only members of the sitting are on a roll, and the roll of an open ballot does not grow.
    create function guard_roll_entry() returns trigger language plpgsql as $$
    begin
      perform 1 from ballots b join council_sessions s on s.id = b.session_id
        where b.id = new.ballot_id and new.member_id = any(s.member_ids);
      if not found then
        raise exception '% is no member of this session', new.member_id using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger ballot_roll_of_members before insert on ballot_roll
      for each row execute function guard_roll_entry();

    create function guard_roll_size() returns trigger language plpgsql as $$
    begin
      perform 1 from ballots b where b.id = new.ballot_id
        and b.roll_size = (select count(*) from ballot_roll r where r.ballot_id = b.id and r.stage = 'open');
      if not found then
        raise exception 'the roll of ballot % is frozen', new.ballot_id using errcode = 'check_violation';
      end if;
      return null;
    end $$;
    create constraint trigger ballot_roll_is_frozen after insert on ballot_roll
      deferrable initially deferred for each row when (new.stage = 'open') execute function guard_roll_size();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger ballot_roll_is_frozen on ballot_roll;
    drop trigger ballot_roll_of_members on ballot_roll;
    drop trigger ballots_stay on ballots;
    drop trigger ballots_follow_the_rule on ballots;
    drop trigger council_cases_stay on council_cases;
    drop trigger council_sheets_while_open on council_sheets;
    drop function guard_roll_size, guard_roll_entry, guard_ballot, guard_council_case, guard_council_sheet;
  `);
}
