import { ROLES, type Role } from '../../../services/accounts/actor.ts';
import { ANSWERS, oneOf, readLines, type Expected } from './table.ts';

/** A route that is about no case, asked by one role or (null) by somebody who is not logged in. */
export interface RouteCell {
  line: number;
  method: string;
  /** As in the API document, with a query or a word on what makes the difference. */
  path: string;
  role: Role | null;
  expected: Expected;
}

/** Every cell of permission-routes.csv. */
export function readRoutePermissions(): RouteCell[] {
  const lines = readLines('permission-routes.csv', ['method', 'path', 'role', 'expected']);
  return lines.flatMap((each) => {
    const values = (field: string) => each.fields.get(field) ?? [];
    const common = {
      line: each.line,
      method: values('method').join(' '),
      path: values('path').join(' '),
      expected: oneOf(Object.keys(ANSWERS) as Expected[], values('expected').join(' '), each),
    };
    return values('role').map((role) => ({
      ...common,
      role: role === 'public' ? null : oneOf(ROLES, role, each),
    }));
  });
}

/** The route as the API document names it: `get /files/{id}`. */
export function routeOf({ method, path }: Pick<RouteCell, 'method' | 'path'>): string {
  return `${method} ${path.split(/[ ?]/)[0] ?? ''}`;
}
