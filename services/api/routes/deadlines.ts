import { z } from 'zod';
import type { Ports } from '../../ports.ts';
import { myDeadlines } from '../../reminders/myDeadlines.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { route, type Route } from '../route.ts';
import { pageQuery } from './shared.ts';

const text = z.object({ vi: z.string(), en: z.string() });

const owedSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      label: text,
      openedOn: z.iso.date(),
      dueOn: z.iso.date(),
      workingDaysLeft: z.int(),
      paused: z.boolean(),
      case: z.object({
        id: z.uuid(),
        workflow: z.string(),
        collection: z.string(),
        title: z.string(),
        unit: z.string().nullable(),
        cluster: z.string().nullable(),
        state: z.string(),
        stateLabel: text,
      }),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** `2018-01-12_<id>`: the last deadline of the page before. */
const cursorSchema = z.string().transform((text, context) => {
  const [dueOn, id] = text.split('_');
  const parsed = z.object({ dueOn: z.iso.date(), id: z.uuid() }).safeParse({ dueOn, id });
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'Không phải con trỏ trang.', params: { en: 'Not a cursor.' } });
  return z.NEVER;
});

export interface DeadlineRouteDeps {
  ports: Ports;
  rulebook: Pick<Rulebook, 'workingDaysBetween'>;
}

/** `GET /deadlines`: what the caller owes, by when (“Việc của tôi”). */
export function deadlineRoutes({ ports, rulebook }: DeadlineRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/deadlines',
      tag: 'deadlines',
      summary: { vi: 'Việc của tôi: những việc tôi phải làm, hạn gần nhất trước', en: 'What I owe, by when' },
      permission: { name: 'deadlines.read', allows: () => true },
      query: pageQuery.extend({ cursor: cursorSchema.optional() }),
      response: owedSchema,
      async handle({ db, actor, query }) {
        const { limit, cursor: after = null } = query;
        const items = await myDeadlines(db, rulebook, actor, ports.clock.today(), { limit, after });
        const last = items.length < limit ? undefined : items.at(-1);
        return { body: { items, nextCursor: last === undefined ? null : `${last.dueOn}_${last.id}` } };
      },
    }),
  ];
}
