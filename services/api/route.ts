import type { Request, RequestHandler, Response } from 'express';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Actor, Role } from '../accounts/actor.ts';
import type { Text } from '../errors.ts';
import type { SentFile } from './sendFile.ts';

/** Who may call a route. Each route names one; a route without does not start. */
export type Permission<Subject, Input> = 'public' | 'loggedIn' | NamedPermission<Subject, Input>;

export interface NamedPermission<Subject, Input> {
  /** Stable name, as it stands in the API document and in a token's scopes. */
  name: string;
  /** False, or a sentence that names the rule: 403. */
  allows(actor: Actor, subject: Subject, input: Input): boolean | Text;
  /** The roles that can ever use it: a token of somebody else never gets this scope. Unset: any role. */
  roles?: readonly Role[];
  /** Only from a session, never with a token: votes, signatures, passwords and tokens themselves. */
  inPerson?: true;
}

/** What a handler is given: everything parsed, found and permitted. */
export interface RouteCall<Params, Query, Body, Subject> {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  subject: Subject;
  /** The revision of If-Match, or null. */
  expectedRevision: number | null;
  /** The transaction below where there is one, else the pool. */
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
  /** True: leaves no line in the log and no time in the metrics (casting a secret ballot). */
  quiet?: boolean;
  /** Reads a body that is not JSON (multipart); runs where JSON would be parsed. */
  before?: RequestHandler;
  /** Media type of such a body; JSON unless said. */
  consumes?: string;
  /** Media type of the answer; JSON unless said. */
  produces?: string;
  handle(call: RouteCall<z.output<P>, z.output<Q>, z.output<B>, Subject>): Promise<Answer<z.input<R>>>;
}

/** A route, its types checked against each other and then forgotten so that routes stand in one list. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType, unknown, z.ZodType>;

/** Describes a route. Throws at start when it names no permission. */
export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Subject,
  R extends z.ZodType,
>(spec: RouteSpec<P, Q, B, Subject, R>): Route {
  const made = spec as unknown as Route;
  permissionName(made);
  return made;
}

/** The name of a route's permission: `public`, `me` for everybody who is logged in, or its own. Throws without. */
export function permissionName({ permission, method, path }: Route): string {
  const given: unknown = permission;
  if (given === 'public') return 'public';
  if (given === 'loggedIn') return 'me';
  const { name, allows } = (given ?? {}) as Partial<NamedPermission<unknown, unknown>>;
  if (typeof name === 'string' && name !== '' && typeof allows === 'function') return name;
  throw new Error(`route ${method} ${path} names no permission`);
}
