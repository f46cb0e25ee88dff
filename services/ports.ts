import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Domain time (movable in a demo) and the wall clock (never moved: sessions, tokens, leases, rate limits). */
export interface Clock {
  /** The moment in domain time. */
  now(): Date;
  /** The day in domain time, in Vietnam (UTC+7, no summer time), as YYYY-MM-DD. */
  today(): string;
  /** The wall clock. */
  wall(): Date;
}

/** A new UUIDv7: grows with time, so lists sort and page by id. */
export type NewId = () => string;

/** `bytes` of cryptographic randomness in hexadecimal. */
export type RandomHex = (bytes: number) => string;

/** What services log to; pino fits it. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** What acts from outside on a service: time, ids and randomness. Tests give fixed ones. */
export interface Ports {
  clock: Clock;
  newId: NewId;
  randomHex: RandomHex;
  log: Log;
}

const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** The Vietnamese calendar day of a moment. */
export function vietnameseDay(moment: Date): string {
  return new Date(moment.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** A clock whose domain time runs `offset()` milliseconds before or after the wall clock. */
export function clockWithOffset(offset: () => number): Clock {
  const wall = () => new Date();
  const now = () => new Date(wall().getTime() + offset());
  return { now, wall, today: () => vietnameseDay(now()) };
}

export const newId: NewId = () => v7();

export const randomHex: RandomHex = (bytes) => randomBytes(bytes).toString('hex');
