import { z } from 'zod';
import { secretHash, type Callers } from '../../accounts/callers.ts';
import { changeOwnPassword } from '../../accounts/changeOwnPassword.ts';
import type { LogInThrottle } from '../../accounts/logIn.ts';
import { sessionSecret } from '../authenticate.ts';
import { route, type Route } from '../route.ts';

const password = z.string().min(1).max(200);

/** A new password of one's own, from a session and with the present one. */
export function ownPasswordRoute(deps: { callers: Callers; throttle: LogInThrottle; secret: string }): Route {
  return route({
    method: 'put',
    path: '/me/password',
    tag: 'session',
    summary: { vi: 'Đổi mật khẩu của mình', en: 'Change one’s own password' },
    permission: { name: 'me.password', inPerson: true, allows: () => true },
    keepsReceipt: false,
    body: z.strictObject({ current: password, next: password }),
    response: z.void(),
    status: 204,
    async handle({ db, actor, body, request }) {
      const secret = sessionSecret(request);
      await changeOwnPassword(db, deps, actor, {
        ...body,
        address: request.ip ?? '',
        sessionHash: secret === null ? null : secretHash(deps.secret, secret),
      });
      return { body: undefined };
    },
  });
}
