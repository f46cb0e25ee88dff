import type { Actor } from '../accounts/actor.ts';
import { Forbidden } from '../errors.ts';
import { permissionName, type Route } from './route.ts';

/** Throws Forbidden, with the rule where there is one to name, unless this caller may use the route so. */
export function permit(
  spec: Route,
  actor: Actor,
  subject: unknown,
  input: { params: unknown; query: unknown; body: unknown },
): void {
  if (spec.permission === 'public') return;
  if (actor.scopes !== null) permitToken(spec, actor.scopes);
  if (spec.permission === 'loggedIn') return;
  const allowed = spec.permission.allows(actor, subject, input);
  if (allowed === true) return;
  throw new Forbidden(allowed === false ? null : allowed);
}

function permitToken(spec: Route, scopes: readonly string[]): void {
  if (typeof spec.permission === 'object' && spec.permission.inPerson === true) {
    throw new Forbidden({
      vi: 'Việc này phải tự mình đăng nhập để làm, không dùng mã truy cập.',
      en: 'This is done in person, from a session: no token may do it.',
    });
  }
  const name = permissionName(spec);
  if (scopes.includes(name)) return;
  throw new Forbidden({
    vi: `Mã truy cập không có quyền "${name}".`,
    en: `The token lacks the scope "${name}".`,
  });
}
