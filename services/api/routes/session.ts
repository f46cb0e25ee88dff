import { z } from 'zod';
import { deleteSession } from '../../../db/sessions.ts';
import type { Actor } from '../../accounts/actor.ts';
import { secretHash, type Callers } from '../../accounts/callers.ts';
import { logIn, SESSION_HOURS, type LogInDeps } from '../../accounts/logIn.ts';
import { loadActor } from '../../accounts/loadActor.ts';
import { Unauthenticated } from '../../errors.ts';
import { SESSION_COOKIE, sessionSecret } from '../authenticate.ts';
import { route, type Route } from '../route.ts';

const meSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    offices: z.array(
      z.object({ id: z.uuid(), role: z.string(), unitId: z.uuid().nullable(), title: z.string() }),
    ),
    clusters: z.array(
      z.object({ clusterId: z.uuid(), unitId: z.uuid(), position: z.enum(['lead', 'deputy', 'member']) }),
    ),
    scopes: z.array(z.string()).nullable(),
    today: z.iso.date(),
  })
  .meta({ id: 'Me' });

const credentials = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

/** Log in, log out, and who one is. */
export function sessionRoutes(deps: LogInDeps & { callers: Callers; secureCookies: boolean }): Route[] {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: deps.secureCookies, path: '/' } as const;
  return [
    route({
      method: 'post',
      path: '/session',
      tag: 'session',
      summary: { vi: 'Đăng nhập', en: 'Log in' },
      permission: 'public',
      keepsReceipt: false,
      body: credentials,
      response: meSchema,
      status: 201,
      async handle({ body, request, response }) {
        const { secret, accountId } = await logIn(deps, { ...body, address: request.ip ?? '' });
        const actor = await loadActor(deps.db, accountId, deps.clock.today());
        if (actor === null) throw new Unauthenticated();
        response.cookie(SESSION_COOKIE, secret, { ...cookie, maxAge: SESSION_HOURS * 3_600_000 });
        return { body: presentMe(actor, deps.clock.today()) };
      },
    }),
    route({
      method: 'delete',
      path: '/session',
      tag: 'session',
      summary: { vi: 'Đăng xuất', en: 'Log out' },
      permission: 'loggedIn',
      keepsReceipt: false,
      response: z.void(),
      status: 204,
      async handle({ request, response, within }) {
        const secret = sessionSecret(request);
        if (secret !== null) {
          await within(async (trx) => {
            await deleteSession(trx, secretHash(deps.secret, secret));
            await deps.callers.forgetAfter(trx);
          });
        }
        response.clearCookie(SESSION_COOKIE, cookie);
        return { body: undefined };
      },
    }),
    route({
      method: 'get',
      path: '/me',
      tag: 'session',
      summary: { vi: 'Tôi là ai', en: 'Who I am' },
      permission: 'loggedIn',
      response: meSchema,
      handle: ({ actor }) => Promise.resolve({ body: presentMe(actor, deps.clock.today()) }),
    }),
  ];
}

function presentMe(actor: Actor, today: string) {
  return {
    id: actor.accountId,
    username: actor.username,
    displayName: actor.displayName,
    offices: actor.offices.map(({ id, role, unitId, title }) => ({ id, role, unitId, title })),
    clusters: actor.ties.map(({ clusterId, unitId, position }) => ({ clusterId, unitId, position })),
    scopes: actor.scopes === null ? null : [...actor.scopes],
    today,
  };
}
