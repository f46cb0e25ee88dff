import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Knex } from 'knex';
import type { z } from 'zod';
import { NotFound } from '../../db/errors.ts';
import { claimReceipt, keepAnswer, type ReceiptKey } from '../../db/receipts.ts';
import type { Actor } from '../accounts/actor.ts';
import { canonicalJson } from '../audit/canonicalJson.ts';
import { Forbidden, KeyReused, Unauthenticated, type Text } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { parseInput } from './parseInput.ts';
import { sendFile, type SentFile } from './sendFile.ts';

/** Who may call a route. Each route names one; a route without does not start. */
export type Permission<Subject, Input> =
  | 'public'
  | 'loggedIn'
  | {
      /** Stable name, as it stands in the API document and in a token's scopes. */
      name: string;
      /** False, or a sentence that names the rule: 403. */
      allows(actor: Actor, subject: Subject, input: Input): boolean | Text;
    };

/** What a handler is given: everything parsed, found and permitted. */
export interface RouteCall<Params, Query, Body, Subject> {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  subject: Subject;
  /** The revision of If-Match, or null. */
  expectedRevision: number | null;
  db: Knex;
  /** The transaction that also keeps the receipt, where the caller sent an idempotency key; else undefined. */
  trx: Knex.Transaction | undefined;
  /** Runs `work` in that transaction, or in one of its own. */
  within: <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;
  request: Request;
  response: Response;
}

export interface Answer<Body> {
  body: Body;
  status?: number;
  /** Becomes the ETag. */
  revision?: number;
  /** Sent as it comes, instead of the body. */
  file?: SentFile;
}

/** One route: its Express registration and its OpenAPI entry come from the same object. */
export interface RouteSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Subject,
  R extends z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, in OpenAPI's form: `/movements/{id}`. */
  path: string;
  summary: Text;
  tag: string;
  permission: Permission<Subject, { params: z.output<P>; query: z.output<Q>; body: z.output<B> }>;
  params?: P;
  query?: Q;
  body?: B;
  /** The body's schema where it depends on the subject; wins over `body`, which then documents it. */
  bodyFor?: (subject: Subject, raw: unknown) => z.ZodType<z.output<B>>;
  response: R;
  /** Status of a success; 200 unless said. */
  status?: number;
  /** Finds what the route is about, as far as this caller may see it. Throws NotFound. */
  subject?: (call: { db: Knex; actor: Actor; params: z.output<P> }) => Promise<Subject>;
  /** False: no Idempotency-Key is kept (sessions, tokens, ballots). */
  keepsReceipt?: boolean;
  /** Runs before the body is parsed, for bodies that are not JSON. */
  before?: RequestHandler;
  /** Media type of such a body; JSON unless said. */
  consumes?: string;
  /** Media type of the answer; JSON unless said. */
  produces?: string;
  handle(call: RouteCall<z.output<P>, z.output<Q>, z.output<B>, Subject>): Promise<Answer<z.input<R>>>;
}

type AnyRoute = RouteSpec<z.ZodType, z.ZodType, z.ZodType, unknown, z.ZodType>;

/** A route, its types checked against each other and then forgotten so that routes stand in one list. */
export type Route = AnyRoute;

/** Describes a route. Throws at start when it names no permission. */
export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Subject,
  R extends z.ZodType,
>(spec: RouteSpec<P, Q, B, Subject, R>): Route {
  const permission: unknown = spec.permission;
  if (permission === undefined || permission === null)
    throw new Error(`route ${spec.method} ${spec.path} names no permission`);
  return spec as unknown as Route;
}

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

/** Registers the routes with Express, each with the checks in the order of contract.md §2. */
export function mount(router: Router, routes: readonly Route[], deps: RouteDeps): void {
  for (const spec of routes) {
    const path = spec.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[spec.method](path, (request, response, next) => {
      serve(spec, deps, request, response).catch(next);
    });
  }
}

async function serve(spec: Route, deps: RouteDeps, request: Request, response: Response): Promise<void> {
  const actor = await caller(spec, deps, request);
  const params = findable(spec, request);
  const subject = await spec.subject?.({ db: deps.db, actor, params });
  const query = parseInput(spec.query, request.query, 'query');
  const raw = await readBody(spec, request, response);
  const body = parseInput(spec.bodyFor?.(subject, raw) ?? spec.body, raw, 'body');
  permit(spec, actor, subject, { params, query, body });

  const call = {
    actor,
    params,
    query,
    body,
    subject,
    request,
    response,
    db: deps.db,
    expectedRevision: ifMatch(request),
  };
  const key = receiptKey(spec, actor, request);
  if (key === null) {
    const answer = await spec.handle({
      ...call,
      trx: undefined,
      within: (work) => deps.db.transaction(work),
    });
    await send(response, spec, answer);
    return;
  }
  const answer = await deps.db.transaction(async (trx) => {
    const earlier = await claimReceipt(trx, {
      ...key,
      body_hash: bodyHash(raw),
      created_at: deps.ports.clock.wall(),
    });
    if (earlier !== null) return replay(earlier, raw);
    const made = await spec.handle({ ...call, trx, within: (work) => work(trx) });
    await keepAnswer(trx, key, statusOf(spec, made), made);
    return made;
  });
  await send(response, spec, answer);
}

/** An id that cannot be one names nothing: 404, like any other id that the caller may not see. */
function findable(spec: Route, request: Request): unknown {
  try {
    return parseInput(spec.params, request.params, 'params');
  } catch {
    throw new NotFound(request.path);
  }
}

async function caller(spec: Route, deps: RouteDeps, request: Request): Promise<Actor> {
  if (spec.permission === 'public') return ANONYMOUS;
  const actor = await deps.authenticate(request);
  if (actor === null) throw new Unauthenticated();
  return actor;
}

function permit(
  spec: Route,
  actor: Actor,
  subject: unknown,
  input: { params: unknown; query: unknown; body: unknown },
): void {
  if (spec.permission === 'public') return;
  const name = spec.permission === 'loggedIn' ? 'me' : spec.permission.name;
  if (actor.scopes !== null && !actor.scopes.includes(name)) {
    throw new Forbidden({
      vi: `Mã truy cập không có quyền "${name}".`,
      en: `The token lacks the scope "${name}".`,
    });
  }
  if (spec.permission === 'loggedIn') return;
  const allowed = spec.permission.allows(actor, subject, input);
  if (allowed === true) return;
  throw new Forbidden(allowed === false ? null : allowed);
}

const parseJson = express.json({ limit: '2mb', strict: true });

/** The JSON body, read only now: a caller who is not logged in learns nothing about what it would say. */
function readBody(spec: Route, request: Request, response: Response): Promise<unknown> {
  if (spec.body === undefined && spec.before === undefined) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    (spec.before ?? parseJson)(request, response, (error?: Error | string) => {
      if (error === undefined) resolve(request.body);
      else reject(error instanceof Error ? error : new Error(error));
    });
  });
}

function ifMatch(request: Request): number | null {
  const [, revision] = /^(?:W\/)?"(\d+)"$/.exec(request.header('If-Match') ?? '') ?? [];
  return revision === undefined ? null : Number(revision);
}

const SAFE = new Set(['get']);

function receiptKey(spec: Route, actor: Actor, request: Request): ReceiptKey | null {
  const key = request.header('Idempotency-Key');
  if (key === undefined || SAFE.has(spec.method) || spec.keepsReceipt === false || actor === ANONYMOUS)
    return null;
  return {
    caller_id: actor.accountId,
    route: `${spec.method} ${request.originalUrl}`,
    key: key.slice(0, 255),
  };
}

function bodyHash(raw: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(raw ?? null))
    .digest('hex');
}

function replay(earlier: { body_hash: string; answer: unknown }, raw: unknown): Answer<unknown> {
  if (earlier.body_hash !== bodyHash(raw)) throw new KeyReused();
  return earlier.answer as Answer<unknown>;
}

function statusOf(spec: Route, answer: Answer<unknown>): number {
  return answer.status ?? spec.status ?? 200;
}

async function send(response: Response, spec: Route, answer: Answer<unknown>): Promise<void> {
  const status = statusOf(spec, answer);
  if (answer.revision !== undefined) response.setHeader('ETag', `"${answer.revision}"`);
  if (answer.file !== undefined) {
    await sendFile(response.status(status), answer.file);
    return;
  }
  if (status === 204) {
    response.status(204).end();
    return;
  }
  response.status(status).json(answer.body);
}
