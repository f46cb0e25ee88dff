import type { Ports } from '../ports.ts';
import type { Moment } from './capability.ts';

/** The moment of now, read once so that one request has one time. */
export function momentOf({ clock }: Pick<Ports, 'clock'>): Moment {
  return { now: clock.now(), today: clock.today() };
}
