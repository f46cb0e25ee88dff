import type { Response } from 'express';

/** Which route answers a request, as log and metrics name it: by its pattern, never by the address with ids. */
export interface ServedRoute {
  pattern: string;
  quiet: boolean;
}

const served = new WeakMap<Response, ServedRoute>();

export function nameRoute(response: Response, route: ServedRoute): void {
  served.set(response, route);
}

/** The route that took this request, or null where none did. */
export function servedRoute(response: Response): ServedRoute | null {
  return served.get(response) ?? null;
}
