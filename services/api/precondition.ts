import type { Request } from 'express';
import { InvalidInput, StaleRevision } from '../errors.ts';

/**
 * The revision that the caller says it saw; null without If-Match, and for `*`, which asks for nothing but that
 * the thing is there. A weak mark counts too: proxies that compress make it one. Throws InvalidInput for what is
 * no ETag of ours: a condition that cannot be read must not pass for one that holds.
 */
export function ifMatch(request: Request): number | null {
  const header = request.header('If-Match')?.trim();
  if (header === undefined || header === '*') return null;
  const [, revision] = /^(?:W\/)?"(\d{1,9})"$/.exec(header) ?? [];
  if (revision !== undefined) return Number(revision);
  const message = {
    vi: 'Cần đúng một ETag đã nhận, ví dụ "3".',
    en: 'Needs exactly one ETag as it was answered, such as "3".',
  };
  throw new InvalidInput([{ pointer: 'If-Match', message }]);
}

/** Throws StaleRevision where the subject has a revision, and it is not the one that the caller saw. */
export function refuseStale(subject: unknown, expectedRevision: number | null): void {
  if (expectedRevision === null) return;
  const { revision } = (subject ?? {}) as { revision?: unknown };
  if (typeof revision === 'number' && revision !== expectedRevision) throw new StaleRevision(revision);
}
