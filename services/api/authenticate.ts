import type { Request } from 'express';
import type { Actor } from '../accounts/actor.ts';
import type { Callers } from '../accounts/callers.ts';

export const SESSION_COOKIE = 'so_vang_session';

/** Reads who is calling: a bearer token where one is sent, else the session cookie. Null: nobody. */
export function createAuthenticate(callers: Callers): (request: Request) => Promise<Actor | null> {
  return (request) => {
    const token = bearerToken(request);
    if (token !== null) return callers.byToken(token);
    const session = sessionSecret(request);
    return session === null ? Promise.resolve(null) : callers.bySession(session);
  };
}

/** The secret in the session cookie, or null. */
export function sessionSecret(request: Request): string | null {
  const cookies = (request.header('Cookie') ?? '').split(';').map((part) => part.trim());
  const found = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return found?.slice(SESSION_COOKIE.length + 1) ?? null;
}

function bearerToken(request: Request): string | null {
  const [, token] = /^Bearer (\S+)$/i.exec(request.header('Authorization') ?? '') ?? [];
  return token ?? null;
}
