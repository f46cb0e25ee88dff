import type { Knex } from 'knex';

/** A cluster's vote is what its members voted, whoever tells the database something else. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The units with a vote on a case on a day, by the rule of its award in the pack it has pinned.
    create function cluster_electorate(case_id uuid, day date)
      returns table (unit_id uuid, rule jsonb) language sql stable as $$
      select m.unit_id, award #> '{route,clusterVote}'
        from nominations n
        join rule_packs p on p.id = n.pack_id
        cross join lateral jsonb_array_elements(p.content -> 'awards') as award
        join cluster_members m on m.cluster_id = n.cluster_id
          and m.valid_from <= day and (m.valid_to is null or m.valid_to >= day)
        where n.id = case_id and award ->> 'code' = n.award_code
          and jsonb_typeof(award #> '{route,clusterVote}') = 'object'
          and (m.unit_id <> n.unit_id or award #>> '{route,clusterVote,ownUnit}' = 'votes')
    $$;

    create function vietnamese_day(moment timestamptz) returns date language sql stable as $$
      select (moment at time zone interval '7 hours')::date
    $$;

    create function guard_cluster_vote() returns trigger language plpgsql as $$
    begin
      if not exists (
        select 1 from workflow_instances i
          join cluster_electorate(i.id, vietnamese_day(new.cast_at)) e on e.unit_id = new.unit_id
          where i.id = new.nomination_id and i.state = 'clusterReview'
      ) then
        raise exception 'unit % has no vote on case % now', new.unit_id, new.nomination_id
          using errcode = 'check_violation', constraint = tg_name;
      end if;
      return new;
    end $$;
    create trigger cluster_votes_of_members before insert on cluster_votes
      for each row execute function guard_cluster_vote();

    -- A result is what the votes say by the rule, in whole numbers.
    create function guard_cluster_vote_result() returns trigger language plpgsql as $$
    declare
      rule jsonb;
      all_of_them bigint;
      voted bigint;
      cast_yes bigint;
      base bigint;
      num bigint;
      den bigint;
    begin
      select (array_agg(e.rule))[1], count(*), count(v.unit_id), count(*) filter (where v.choice = 'yes')
        into rule, all_of_them, voted, cast_yes
        from cluster_electorate(new.nomination_id, vietnamese_day(new.closed_at)) e
        left join cluster_votes v on v.nomination_id = new.nomination_id and v.unit_id = e.unit_id;
      base := case rule ->> 'base' when 'allMembers' then all_of_them else voted end;
      num := (rule #>> '{minimum,num}')::bigint;
      den := (rule #>> '{minimum,den}')::bigint;
      if (new.yes, new.base, new.needed, new.passed) is distinct from (
        cast_yes::integer, base::integer, coalesce((base * num + den - 1) / den, 0)::integer,
        base > 0 and cast_yes * den >= num * base
          and voted * (rule #>> '{quorum,den}')::bigint >= (rule #>> '{quorum,num}')::bigint * all_of_them
      ) then
        raise exception 'the result of case % is not what its cluster voted', new.nomination_id
          using errcode = 'check_violation', constraint = tg_name;
      end if;
      return new;
    end $$;
    create trigger cluster_vote_results_are_counted before insert on cluster_vote_results
      for each row execute function guard_cluster_vote_result();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger cluster_vote_results_are_counted on cluster_vote_results;
    drop trigger cluster_votes_of_members on cluster_votes;
    drop function guard_cluster_vote_result, guard_cluster_vote, cluster_electorate, vietnamese_day;
  `);
}
