import { z } from 'zod';
import { findEmail } from '../../../db/accounts.ts';
import { pageOfInbox } from '../../../db/inboxMails.ts';
import { pageOfLedger } from '../../../db/views/ledger.ts';
import { holds } from '../../accounts/actor.ts';
import { route, type Route } from '../route.ts';
import { pageQuery } from './shared.ts';

const inboxSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      messageId: z.string().nullable(),
      to: z.string(),
      subject: z.string(),
      body: z.string(),
      receivedAt: z.iso.datetime(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const ledgerSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      deadlineId: z.uuid(),
      caseId: z.uuid(),
      workflow: z.string(),
      kind: z.string(),
      owedBy: z.string(),
      owedUnitId: z.uuid().nullable(),
      dueOn: z.iso.date(),
      closedOn: z.iso.date().nullable(),
      pausedOn: z.iso.date().nullable(),
      step: z.string(),
      scheduledOn: z.iso.date(),
      status: z.enum(['due', 'superseded', 'settled']),
      waiting: z.boolean(),
      recordedAt: z.iso.datetime(),
      mails: z.array(
        z.object({
          to: z.string(),
          day: z.iso.date(),
          status: z.string(),
          messageId: z.string(),
          sentAt: z.string().nullable(),
        }),
      ),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const NOT_YOURS = {
  vi: 'Chỉ quản trị hệ thống xem được thư của người khác.',
  en: 'Only the administrator reads other people’s mail.',
};

/** The demo's mail and reminder ledger, for tests and for `npm run scenario`. Mounted in demo mode only. */
export function demoMailRoutes(): Route[] {
  return [inboxRoute(), ledgerRoute()];
}

function inboxRoute(): Route {
  return route({
    method: 'get',
    path: '/demo/inbox',
    tag: 'demo',
    summary: { vi: 'Thư trong hộp thư thử', en: 'Mail in the built-in inbox' },
    subject: async ({ db, actor }) => ({ email: await findEmail(db, actor.accountId) }),
    permission: {
      name: 'demo.inbox',
      allows: (actor, { email }, { query }) =>
        holds(actor, 'administrator') || query.to === undefined || query.to === email || NOT_YOURS,
    },
    query: pageQuery.extend({ to: z.string().trim().toLowerCase().max(320).optional() }),
    response: inboxSchema,
    async handle({ db, actor, subject, query }) {
      const own = holds(actor, 'administrator') ? null : subject.email;
      const recipient = query.to ?? own;
      const rows = await pageOfInbox(db, { recipient, cursor: query.cursor ?? null, limit: query.limit });
      const items = rows.map(({ id, message_id, recipient: to, subject: title, body, received_at }) => ({
        id,
        messageId: message_id,
        to,
        subject: title,
        body,
        receivedAt: received_at.toISOString(),
      }));
      return { body: { items, nextCursor: nextCursor(items, query.limit) } };
    },
  });
}

function ledgerRoute(): Route {
  return route({
    method: 'get',
    path: '/demo/ledger',
    tag: 'demo',
    summary: { vi: 'Sổ nhắc việc', en: 'The ledger of reminders' },
    permission: {
      name: 'demo.ledger',
      roles: ['administrator', 'inspector'],
      allows: (actor) => holds(actor, 'administrator', 'inspector'),
    },
    query: pageQuery.extend({ caseId: z.uuid().optional() }),
    response: ledgerSchema,
    async handle({ db, query }) {
      const rows = await pageOfLedger(db, {
        instanceId: query.caseId ?? null,
        cursor: query.cursor ?? null,
        limit: query.limit,
      });
      const items = rows.map((row) => ({
        id: row.id,
        deadlineId: row.deadline_id,
        caseId: row.instance_id,
        workflow: row.workflow,
        kind: row.kind,
        owedBy: row.owed_by,
        owedUnitId: row.owed_unit_id,
        dueOn: row.due_on,
        closedOn: row.closed_on,
        pausedOn: row.paused_on,
        step: row.step,
        scheduledOn: row.scheduled_on,
        status: row.status,
        waiting: row.waiting,
        recordedAt: row.recorded_at.toISOString(),
        mails: row.mails.map(({ username, on_date, status, message_id, sent_at }) => ({
          to: username,
          day: on_date,
          status,
          messageId: message_id,
          sentAt: sent_at,
        })),
      }));
      return { body: { items, nextCursor: nextCursor(items, query.limit) } };
    },
  });
}

function nextCursor(items: readonly { id: string }[], limit: number): string | null {
  return items.length < limit ? null : (items.at(-1)?.id ?? null);
}
