import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import type { Actor } from '../accounts/actor.ts';
import { Unauthenticated } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { answerOnce, idempotencyKey } from './answerOnce.ts';
import { parseInput } from './parseInput.ts';
import { permit } from './permit.ts';
import { ifMatch, refuseStale } from './precondition.ts';
import { readBody } from './readBody.ts';
import type { Answer, Route } from './route.ts';
import { sendFile } from './sendFile.ts';

export interface RouteDeps {
  db: Knex;
  ports: Ports;
  /** Who is calling, or null. */
  authenticate(request: Request): Promise<Actor | null>;
}

const ANONYMOUS: Actor = {
  accountId: '',
  username: '',
  displayName: '',
  offices: [],
  ties: [],
  scopes: null,
};

/**
 * Answers one request. The order of the checks is the contract's (§2): 401, 404, 422, 403, replay of an
 * idempotency key, 412, and whatever the handler refuses (409).
 */
export async function serve(
  spec: Route,
  deps: RouteDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const actor = await caller(spec, deps, request);
  const params = findable(spec, request);
  const subject = await spec.subject?.({ db: deps.db, actor, params });
  const query = parseInput(spec.query, request.query, 'query');
  const raw = await readBody(spec, request, response);
  const body = parseInput(spec.bodyFor?.(subject, raw) ?? spec.body, raw, 'body');
  const expectedRevision = ifMatch(request);
  const key = idempotencyKey(spec, actor, request, params);
  permit(spec, actor, subject, { params, query, body });

  const handle = (trx?: Knex.Transaction): Promise<Answer<unknown>> => {
    refuseStale(subject, expectedRevision);
    const within = <T>(work: (trx: Knex.Transaction) => Promise<T>) =>
      trx === undefined ? deps.db.transaction(work) : work(trx);
    const found = { actor, params, query, body, subject, expectedRevision };
    return spec.handle({ ...found, request, response, db: trx ?? deps.db, trx, within });
  };
  const answer =
    key === null
      ? await handle()
      : await answerOnce(deps, key, raw, async (trx) => {
          const made = await handle(trx);
          return { ...made, status: statusOf(spec, made) };
        });
  await send(response, answer, statusOf(spec, answer));
}

async function caller(spec: Route, deps: RouteDeps, request: Request): Promise<Actor> {
  if (spec.permission === 'public') return ANONYMOUS;
  const actor = await deps.authenticate(request);
  if (actor === null) throw new Unauthenticated();
  return actor;
}

/** An id that cannot be one names nothing: 404, like any other id that the caller may not see. */
function findable(spec: Route, request: Request): unknown {
  try {
    return parseInput(spec.params, request.params, 'params');
  } catch {
    throw new NotFound(request.path);
  }
}

function statusOf(spec: Route, answer: Answer<unknown>): number {
  return answer.status ?? spec.status ?? 200;
}

async function send(response: Response, answer: Answer<unknown>, status: number): Promise<void> {
  if (answer.revision !== undefined) response.setHeader('ETag', `"${answer.revision}"`);
  response.status(status);
  if (answer.file !== undefined) await sendFile(response, answer.file);
  else if (status === 204) response.end();
  else sendJson(response, answer.body);
}

/** What we need of Express's own `json`, without its negotiation. */
function sendJson(response: Response, body: unknown): void {
  const text = JSON.stringify(body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
