import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table workflow_instances (
      id uuid primary key,
      workflow text not null,
      version integer not null,
      state text not null,
      revision integer not null check (revision > 0),
      finished boolean not null,
      snapshot jsonb not null,
      head_hash text not null,
      unit_id uuid references units (id),
      cluster_id uuid references clusters (id),
      created_at timestamptz not null,
      updated_at timestamptz not null
    ) with (fillfactor = 70); -- room on the page: no indexed column changes in a step, so no index is touched
    create index workflow_instances_by_workflow on workflow_instances (workflow, id);
    create index workflow_instances_by_unit on workflow_instances (unit_id, workflow, id);
    create index workflow_instances_by_cluster on workflow_instances (cluster_id, workflow, id);

    create table workflow_history (
      instance_id uuid not null references workflow_instances (id),
      revision integer not null,
      kind text not null check (kind in ('created', 'event', 'fact')),
      type text not null,
      from_state text,
      to_state text not null,
      actor_id uuid references accounts (id),
      office_id uuid references offices (id),
      at timestamptz not null,
      detail_digest text not null,
      prev_hash text not null,
      hash text not null,
      primary key (instance_id, revision),
      unique (instance_id, revision, to_state)
    );

    -- What a history event said in words; apart from the chain so that personal text can be erased by law
    -- while the salted digest in the chain stays.
    create table history_details (
      instance_id uuid not null,
      revision integer not null,
      salt text not null,
      detail jsonb not null,
      primary key (instance_id, revision),
      foreign key (instance_id, revision) references workflow_history (instance_id, revision)
    );

    -- The second wall behind the one door: an instance's state is what its last history event says.
    alter table workflow_instances add constraint workflow_instances_state_has_history
      foreign key (id, revision, state) references workflow_history (instance_id, revision, to_state)
      deferrable initially deferred;

    create table receipts (
      caller_id uuid not null,
      route text not null,
      key text not null,
      body_hash text not null,
      status integer,
      -- json, not jsonb: a replayed answer is the recorded one, byte for byte
      answer json,
      created_at timestamptz not null,
      primary key (caller_id, route, key)
    );

    -- dispatched_at is on the wall clock: when the row was last put on the queue, for the attempt-th time.
    create table outbox (
      id uuid primary key,
      kind text not null,
      payload jsonb not null,
      created_at timestamptz not null,
      dispatched_at timestamptz,
      attempt integer not null default 0,
      done_at timestamptz,
      last_error text
    );
    create index outbox_waiting on outbox (created_at) where done_at is null;

    create table deadlines (
      id uuid primary key,
      instance_id uuid not null references workflow_instances (id),
      kind text not null,
      owed_by text not null,
      owed_unit_id uuid references units (id),
      owed_cluster_id uuid references clusters (id),
      -- The pack whose rule set the due day and sets the reminders; null: the pack of the day it was opened.
      pack_id uuid references rule_packs (id),
      opened_on date not null,
      due_on date not null,
      paused_on date,
      closed_on date,
      outcome text check (outcome in ('met', 'lapsed')),
      -- The day on which the sweep must look at it again: that of its next reminder step; -infinity: at once.
      look_on date not null default '-infinity',
      check ((closed_on is null) = (outcome is null))
    );
    create unique index deadlines_one_open on deadlines (instance_id, kind, owed_unit_id) nulls not distinct where closed_on is null;
    create index deadlines_to_look_at on deadlines (look_on) where closed_on is null and paused_on is null;
    create index deadlines_owed_by_unit on deadlines (owed_unit_id, due_on) where closed_on is null;
    create index deadlines_owed_by_cluster on deadlines (owed_cluster_id, due_on) where closed_on is null;
    create index deadlines_owed_by_party on deadlines (owed_by, due_on) where closed_on is null;

    -- The ledger: one row per obligation and step, never two. due: reminded of; superseded: overtaken by a later
    -- step before any mail of it left; settled: no longer owed before any mail of it left.
    -- waiting: somebody may still have to be told.
    create table reminder_entries (
      id uuid primary key,
      deadline_id uuid not null references deadlines (id),
      step text not null,
      scheduled_on date not null,
      status text not null check (status in ('due', 'superseded', 'settled')),
      waiting boolean not null,
      recorded_at timestamptz not null,
      unique (deadline_id, step),
      check (status = 'due' or not waiting)
    );
    create index reminder_entries_waiting on reminder_entries (id) where waiting;

    -- dispatched_at and lease_until are on the wall clock. lease_until: while sending, until when that try has the
    -- mail; while pending, not to be tried before.
    create table mails (
      id uuid primary key,
      kind text not null check (kind in ('digest', 'notice')),
      account_id uuid not null references accounts (id),
      on_date date not null,
      outbox_id uuid references outbox (id),
      message_id text not null unique,
      subject text,
      body text,
      status text not null check (status in ('pending', 'sending', 'sent', 'void', 'failed')),
      attempt integer not null default 0,
      dispatched_at timestamptz,
      lease_until timestamptz,
      created_at timestamptz not null,
      sent_at timestamptz,
      last_error text,
      unique (outbox_id, account_id)
    );
    create unique index mails_one_digest_a_day on mails (account_id, on_date) where kind = 'digest';
    create index mails_waiting on mails (id) where status in ('pending', 'sending');

    create table mail_entries (
      mail_id uuid not null references mails (id),
      entry_id uuid not null references reminder_entries (id),
      primary key (mail_id, entry_id)
    );
    create index mail_entries_by_entry on mail_entries (entry_id);

    create table inbox_mails (
      id uuid primary key,
      message_id text,
      recipient text not null,
      subject text not null,
      body text not null,
      received_at timestamptz not null
    );
    create index inbox_mails_by_recipient on inbox_mails (recipient, id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table inbox_mails, mail_entries, mails, reminder_entries, deadlines, outbox, receipts;
    alter table workflow_instances drop constraint workflow_instances_state_has_history;
    drop table history_details, workflow_history, workflow_instances;
  `);
}
