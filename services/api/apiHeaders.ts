import type { RequestHandler } from 'express';

const YEAR_SECONDS = 31_536_000;

/**
 * Headers of every answer of the API: never kept by a cache, never taken for a page, of no use to another site.
 * Over https the browser is told to insist on it.
 */
export function apiHeaders(publicUrl: string): RequestHandler {
  const headers = new Map([
    ['Cache-Control', 'no-store'],
    ['Content-Security-Policy', "default-src 'none';frame-ancestors 'none'"],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
  ]);
  if (publicUrl.startsWith('https:')) {
    headers.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`);
  }
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}
