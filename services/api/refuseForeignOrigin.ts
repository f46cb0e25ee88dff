import type { RequestHandler } from 'express';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_SITES = new Set(['same-origin', 'none']);

/** An unsafe request that a page of another site made a browser send. */
export class ForeignOrigin extends Error {
  override readonly name = 'ForeignOrigin';
  readonly code = 'foreign-origin';
}

/**
 * Refuses unsafe requests that carry a cookie and come from a foreign page (contract.md §2): browsers say so
 * in `Sec-Fetch-Site` or `Origin`. There is no CSRF token. Requests without a cookie carry no authority.
 */
export function refuseForeignOrigin(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (request, _response, next) => {
    if (SAFE.has(request.method) || request.header('Cookie') === undefined) {
      next();
      return;
    }
    const site = request.header('Sec-Fetch-Site');
    const origin = request.header('Origin');
    const foreign =
      site !== undefined
        ? !OWN_SITES.has(site)
        : origin !== undefined && !isOwn(origin, own, request.header('Host'));
    next(foreign ? new ForeignOrigin() : undefined);
  };
}

function isOwn(origin: string, own: string, host: string | undefined): boolean {
  return origin === own || origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
}
