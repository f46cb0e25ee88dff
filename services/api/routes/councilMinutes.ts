import { z } from 'zod';
import { councilSessionCapability } from '../../council/councilSessionCapability.ts';
import { minutesOf } from '../../council/minutes.ts';
import { route, type Route } from '../route.ts';
import { visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams } from './shared.ts';

const person = z.object({ memberId: z.uuid(), name: z.string(), title: z.string() });
const text = z.object({ vi: z.string(), en: z.string() });

const minutesSchema = z
  .object({
    sessionId: z.uuid(),
    title: z.string(),
    date: z.iso.date().nullable(),
    place: z.string().nullable(),
    openedAt: z.iso.datetime(),
    adjournedAt: z.iso.datetime().nullable(),
    chair: person.nullable(),
    secretary: z.object({ name: z.string(), title: z.string() }).nullable(),
    memberCount: z.int(),
    presentCount: z.int(),
    quorumNeeded: z.int().nullable(),
    present: z.array(person),
    absent: z.array(person.extend({ reason: z.string().nullable() })),
    cases: z.array(z.looseObject({ nominationId: z.uuid(), awardName: text.nullable(), state: z.string() })),
    signed: z.object({ name: z.string(), title: z.string().nullable(), at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'CouncilMinutes' });

/** The data of a session's minutes, from its opening on. */
export function councilMinutesRoute({ ports }: CaseRouteDeps): Route {
  const subject = visibleCase(councilSessionCapability, ports);
  return route({
    method: 'get',
    path: '/council-sessions/{id}/minutes',
    tag: 'council-sessions',
    summary: { vi: 'Số liệu biên bản phiên họp', en: 'Data of the minutes' },
    permission: { name: 'council-sessions.read', allows: () => true },
    params: idParams,
    response: minutesSchema,
    subject,
    handle: async ({ db, subject: row }) => ({ body: await minutesOf(db, row, ports.clock.today()) }),
  });
}
