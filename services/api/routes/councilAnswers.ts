import type { Knex } from 'knex';
import type { z } from 'zod';
import type { CouncilSessionCase } from '../../../db/views/councilSessionCases.ts';
import type { Actor } from '../../accounts/actor.ts';
import { councilSessionCapability } from '../../council/councilSessionCapability.ts';
import { readSession, type SessionCall } from '../../council/sessionFact.ts';
import type { Ports } from '../../ports.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { officeEver } from '../../workflow/policy.ts';
import type { Answer } from '../route.ts';
import type { envelopeSchema } from './caseParts.ts';

/** What the session's own functions need of a request; `action` names the grant that the caller acts with. */
export function sessionCall(
  ports: Ports,
  call: { actor: Actor; subject: CouncilSessionCase; expectedRevision: number | null },
  action: string,
): SessionCall {
  const { actor, subject, expectedRevision } = call;
  const office = officeEver(councilSessionCapability.policy, action, actor, subject);
  return { ports, actor, officeId: office?.id ?? null, sessionId: subject.id, expectedRevision };
}

/** The session as it stands now, as this caller may see it. */
export async function answerSession(
  db: Knex,
  ports: Ports,
  sessionId: string,
  actor: Actor,
): Promise<Answer<z.input<typeof envelopeSchema>>> {
  const row = await readSession(db, ports, sessionId);
  return { body: envelope(councilSessionCapability, row, actor, momentOf(ports)), revision: row.revision };
}
