import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import { revokeToken, tokensOf, type TokenRow } from '../../../db/tokens.ts';
import type { Callers } from '../../accounts/callers.ts';
import { createToken, type Scopes } from '../../accounts/createToken.ts';
import type { Ports } from '../../ports.ts';
import { route, type Route } from '../route.ts';
import { idParams, pageQuery } from './shared.ts';

const tokenFields = {
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
};

const tokenSchema = z.object(tokenFields).meta({ id: 'Token' });
const madeSchema = z
  .object({ ...tokenFields, token: z.string().meta({ description: 'Chỉ hiện một lần / Shown once' }) })
  .meta({ id: 'NewToken' });

const permission = { name: 'tokens.manage', allows: () => true, inPerson: true } as const;

export interface TokenRouteDeps {
  ports: Ports;
  callers: Callers;
  /** Under which secrets of tokens are hashed. */
  secret: string;
  /** Asked for late: the scopes come from all routes, these among them. */
  scopes: () => Scopes;
}

/** One's own tokens for programs: made, listed and ended from a session, never with a token. */
export function tokenRoutes(deps: TokenRouteDeps): Route[] {
  return [createOne(deps), list(), revoke(deps)];
}

function createOne({ ports, secret: pepper, scopes }: TokenRouteDeps): Route {
  return route({
    method: 'post',
    path: '/tokens',
    tag: 'tokens',
    summary: { vi: 'Tạo mã truy cập', en: 'Make a token' },
    permission,
    keepsReceipt: false,
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.string().min(1).max(100)).min(1).max(100),
      expiresAt: z.iso.datetime({ offset: true }),
    }),
    response: madeSchema,
    status: 201,
    handle: ({ actor, body, within }) =>
      within(async (trx) => {
        const made = await createToken(trx, { ports, secret: pepper, scopes: scopes() }, actor, body);
        return { body: { ...present(made.row), token: made.secret } };
      }),
  });
}

function list(): Route {
  return route({
    method: 'get',
    path: '/tokens',
    tag: 'tokens',
    summary: { vi: 'Các mã truy cập của mình', en: 'One’s own tokens' },
    permission,
    query: pageQuery,
    response: z.object({ items: z.array(tokenSchema), nextCursor: z.string().nullable() }),
    async handle({ db, actor, query: { limit, cursor } }) {
      const rows = await tokensOf(db, actor.accountId, { limit: limit + 1, cursor: cursor ?? null });
      const shown = rows.slice(0, limit);
      const nextCursor = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map(present), nextCursor } };
    },
  });
}

function revoke({ ports, callers }: TokenRouteDeps): Route {
  return route({
    method: 'delete',
    path: '/tokens/{id}',
    tag: 'tokens',
    summary: { vi: 'Thu hồi mã truy cập', en: 'End a token' },
    permission,
    keepsReceipt: false,
    params: idParams,
    response: z.void(),
    status: 204,
    handle: ({ actor, params, within }) =>
      within(async (trx) => {
        const ended = await revokeToken(trx, params.id, actor.accountId, ports.clock.wall());
        if (!ended) throw new NotFound('token');
        await callers.forgetAfter(trx);
        return { body: undefined };
      }),
  });
}

function present(row: TokenRow) {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
