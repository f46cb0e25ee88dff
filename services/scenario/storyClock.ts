import { z } from 'zod';
import { inVietnamese } from './days.ts';
import { Unexpected } from './failures.ts';
import type { People } from './people.ts';
import type { Trace } from './trace.ts';

const clockSchema = z.object({ now: z.iso.datetime(), today: z.iso.date() });

/** The domain time of the demo. */
export interface StoryClock {
  /** The day in Vietnam. */
  today(): Promise<string>;
  /** Moves to eight in the morning of a day; does nothing where that is past. Answers the day that it is then. */
  moveTo(day: string): Promise<string>;
}

/** The clock as the administrator moves it: only forward. */
export function createStoryClock(people: People, trace: Trace): StoryClock {
  const read = async () => (await people('admin')).get('/demo/clock', clockSchema);
  const today = async () => (await read()).today;
  return {
    today,
    async moveTo(day) {
      const wanted = `${day}T01:00:00.000Z`;
      if ((await read()).now >= wanted) return today();
      const admin = await people('admin');
      await admin.put('/demo/clock', { now: wanted }, clockSchema);
      const reached = await today();
      if (reached !== day) throw new Unexpected(`Chuyển đồng hồ đến ${day} mà hệ thống ở ngày ${reached}`);
      trace.step(admin.title, `chuyển đồng hồ của bản thử đến ${inVietnamese(day)}`);
      return reached;
    },
  };
}
