import { z } from 'zod';
import { moveClock } from '../../../db/demoClock.ts';
import { sendNotice } from '../../../db/notices.ts';
import { holds } from '../../accounts/actor.ts';
import { InvalidInput } from '../../errors.ts';
import { vietnameseDay, type Clock } from '../../ports.ts';
import { route, type Route } from '../route.ts';

const clockSchema = z.object({ now: z.iso.datetime(), today: z.iso.date() }).meta({ id: 'DemoClock' });

/** The movable clock of a demo: for all processes at once, and only forward. */
export function demoClockRoutes(clock: Clock & { refresh: () => Promise<void> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/demo/clock',
      tag: 'demo',
      summary: { vi: 'Ngày giờ của bản thử', en: 'The demo’s time' },
      permission: 'loggedIn',
      response: clockSchema,
      async handle() {
        // The notice of a move may still be on its way to this process.
        await clock.refresh();
        return { body: { now: clock.now().toISOString(), today: clock.today() } };
      },
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
        // With an Idempotency-Key this is still inside the transaction, and the clock reads the old time: the answer is
        // the time that was set.
        await clock.refresh();
        return { body: { now: now.toISOString(), today: vietnameseDay(now) } };
      },
    }),
  ];
}
