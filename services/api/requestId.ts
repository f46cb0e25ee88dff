import type { Request } from 'express';
import type { NewId } from '../ports.ts';

const ids = new WeakMap<Request, string>();

/** One id per request, in the answer's header, in its problem document and in the log. */
export function requestId(request: Request, { newId }: { newId: NewId }): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const made = newId();
  ids.set(request, made);
  return made;
}
