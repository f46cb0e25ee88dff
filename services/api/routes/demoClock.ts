import { z } from 'zod';
import { moveClock } from '../../../db/demoClock.ts';
import { sendNotice } from '../../../db/notices.ts';
import { holds } from '../../accounts/actor.ts';
import { InvalidInput } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { route, type Route } from '../route.ts';

const clockSchema = z.object({ now: z.iso.datetime(), today: z.iso.date() }).meta({ id: 'DemoClock' });

/** The movable clock of a demo: for all processes at once, and only forward. */
export function demoClockRoutes(clock: Clock & { refresh: () => Promise<void> }): Route[] {
  const present = () => ({ now: clock.now().toISOString(), today: clock.today() });
  return [
    route({
      method: 'get',
      path: '/demo/clock',
      tag: 'demo',
      summary: { vi: 'Ngày giờ của bản thử', en: 'The demo’s time' },
      permission: 'loggedIn',
      response: clockSchema,
      handle: () => Promise.resolve({ body: present() }),
    }),
    route({
      method: 'put',
      path: '/demo/clock',
      tag: 'demo',
      summary: { vi: 'Chuyển ngày giờ của bản thử', en: 'Move the demo’s time' },
      permission: {
        name: 'demo.clock',
        roles: ['administrator'],
        allows: (actor) => holds(actor, 'administrator'),
      },
      body: z.strictObject({ now: z.iso.datetime() }),
      response: clockSchema,
      async handle({ body, within }) {
        const now = new Date(body.now);
        if (now < clock.now()) {
          const message = { vi: 'Chỉ chuyển được về phía trước.', en: 'Time only moves forward.' };
          throw new InvalidInput([{ pointer: '/now', message }]);
        }
        await within(async (trx) => {
          await moveClock(trx, now, clock.wall());
          await sendNotice(trx, 'clock');
        });
        await clock.refresh();
        return { body: present() };
      },
    }),
  ];
}
