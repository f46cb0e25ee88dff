import type { Role } from '../accounts/actor.ts';
import type { Scopes } from '../accounts/createToken.ts';
import { permissionName, type Route } from './route.ts';

/** The permissions that tokens can have as scopes: those of all routes but the public ones and those used in person. */
export function grantableScopes(routes: readonly Route[]): Scopes {
  const scopes = new Map<string, readonly Role[] | null>();
  for (const spec of routes) {
    const { permission } = spec;
    if (permission === 'public') continue;
    if (permission !== 'loggedIn' && permission.inPerson === true) continue;
    const name = permissionName(spec);
    const roles = permission === 'loggedIn' ? null : (permission.roles ?? null);
    const known = scopes.get(name) ?? null;
    // A name is in use on several routes: whichever of them says the roles says them for all.
    scopes.set(name, known === null || roles === null ? (known ?? roles) : [...known, ...roles]);
  }
  return scopes;
}
