import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import {
  readCouncilSessionCases,
  type AgendaCase,
  type CouncilSessionCase,
} from '../../db/views/councilSessionCases.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Ports } from '../ports.ts';
import { recordFact } from '../workflow/recordFact.ts';

/** Who writes something down in a session, and what they had seen of it. */
export interface SessionCall {
  ports: Ports;
  actor: Actor;
  officeId: string | null;
  sessionId: string;
  expectedRevision: number | null;
}

/** The states in which each fact of a session may be recorded. */
const STATES = {
  AGENDA_SET: ['draft'],
  PRESENCE_RECORDED: ['convened', 'inSession'],
  RECUSAL_RECORDED: ['convened', 'inSession'],
  SHEET_SAVED: ['inSession'],
  VOTE_CAST: ['inSession'],
} as const;

/**
 * Records a fact of the session and answers the session as it stands, locked until the transaction ends: whatever is
 * checked on it and written after it holds. Throws what `recordFact` throws.
 */
export async function sessionFact(
  trx: Knex.Transaction,
  call: SessionCall,
  type: keyof typeof STATES,
  detail: object,
): Promise<CouncilSessionCase> {
  const { ports, actor, officeId, sessionId, expectedRevision } = call;
  await recordFact(trx, ports, {
    instanceId: sessionId,
    type,
    actor,
    officeId,
    detail,
    states: STATES[type],
    refusal: {
      vi: 'Phiên họp không ở bước ghi được nội dung này.',
      en: 'This cannot be recorded in the present state of the session.',
    },
    expectedRevision,
  });
  return readSession(trx, ports, sessionId);
}

/** Reads one session. Throws NotFound. */
export async function readSession(
  db: Knex,
  { clock }: Ports,
  sessionId: string,
): Promise<CouncilSessionCase> {
  const [row] = await readCouncilSessionCases(db, [sessionId], clock.today());
  if (row === undefined) throw new NotFound('council session');
  return row;
}

/** The case of that nomination on the session's agenda. Throws NotFound. */
export function agendaCase({ cases }: CouncilSessionCase, nominationId: string): AgendaCase {
  const found = cases.find((each) => each.nomination_id === nominationId);
  if (found === undefined) throw new NotFound('case of the session');
  return found;
}
