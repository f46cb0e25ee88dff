import { lookup, newest } from '../../../workflows/registry.ts';
import { EventNotAllowed } from '../../../workflows/workflow.ts';
import type { Actor } from '../../accounts/actor.ts';
import type { Text } from '../../errors.ts';
import type { Capability, CaseRow, Moment } from '../../workflow/capability.ts';
import { envelope, offeredEvents } from '../../workflow/envelope.ts';
import { inPersonOnly } from '../../workflow/inPersonOnly.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { mayEver, rolesOf } from '../../workflow/policy.ts';
import { documentedEvents, eventSchema } from '../eventSchema.ts';
import { RefusedEvent } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams } from './shared.ts';

/** Sends an event to a case through the door. */
export function eventRoute(capability: Capability, { ports, door }: CaseRouteDeps): Route {
  const subject = visibleCase(capability, ports);
  return route({
    method: 'post',
    path: `/${capability.collection}/{id}/events`,
    tag: capability.collection,
    summary: { vi: 'Gửi một sự kiện', en: 'Send an event' },
    permission: {
      name: `${capability.collection}.event`,
      roles: rolesOf(capability.policy, Object.keys(newest(capability.workflow).events)),
      allows: (actor, subject, { body: { type, ...payload } }) =>
        inPersonOnly(type) && actor.scopes !== null
          ? BY_TOKEN
          : mayEver(capability.policy, capability.actionOf?.(type, payload) ?? type, actor, subject),
    },
    params: idParams,
    body: documentedEvents(newest(capability.workflow)),
    bodyFor: (subject, raw) => eventSchema(lookup(capability.workflow, subject.version), raw),
    response: envelopeSchema,
    subject,
    async handle({ db, actor, subject: row, body, expectedRevision, trx }) {
      const { type, ...payload } = body;
      const moment = momentOf(ports);
      try {
        const after = await door.apply({ row, type, payload, actor, expectedRevision }, trx);
        return { body: envelope(capability, after, actor, moment), revision: after.revision };
      } catch (error) {
        if (!(error instanceof EventNotAllowed)) throw error;
        // Read anew: who lost a race is told what is possible now, not what was.
        const [now = row] = await capability.readCases(trx ?? db, [row.id], moment.today);
        throw refused(error, capability, now, actor, moment);
      }
    },
  });
}

const BY_TOKEN: Text = {
  vi: 'Biểu quyết và ký phải tự mình đăng nhập để làm, không dùng mã truy cập.',
  en: 'Votes and signatures are given in person, from a session: no token may send them.',
};

function refused(
  error: EventNotAllowed,
  capability: Capability,
  row: CaseRow,
  actor: Actor,
  moment: Moment,
): RefusedEvent {
  const definition = newest(capability.workflow);
  const missing = error.missing.map((fact) => ({
    fact,
    label: definition.facts[fact] ?? { vi: fact, en: fact },
  }));
  const label = definition.events[error.event]?.label ?? { vi: error.event, en: error.event };
  const state = definition.states[error.state]?.label ?? { vi: error.state, en: error.state };
  const needs = (language: 'vi' | 'en') => missing.map((each) => each.label[language]).join('; ');
  const detail =
    missing.length > 0
      ? {
          vi: `Chưa thể "${label.vi}": còn thiếu ${needs('vi')}.`,
          en: `"${label.en}" is not possible yet: ${needs('en')}.`,
        }
      : {
          vi: `Không thể "${label.vi}" khi hồ sơ đang ở bước "${state.vi}".`,
          en: `"${label.en}" is not possible in the state "${state.en}".`,
        };
  const allowed = offeredEvents(capability, row, actor, moment);
  return new RefusedEvent(detail, { allowedEvents: allowed, missing });
}
