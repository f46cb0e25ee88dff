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
    -- A vote counts only while its ballot is open; the lock lets a close that is under way end first.
    create function guard_open_vote() returns trigger language plpgsql as $$
    begin
      perform 1 from ballots where id = new.ballot_id and closed_at is null for share;
      if not found then
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
    drop function guard_open_vote;
  `);
  for (const table of WRITE_ONCE) {
    await db.raw(`drop trigger ${table}_stays on ${table}; drop trigger ${table}_rows_stay on ${table}`);
  }
  await db.raw('drop function refuse_change');
}
