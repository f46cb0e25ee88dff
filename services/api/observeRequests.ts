import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../ports.ts';
import type { Metrics } from './metrics.ts';
import { servedRoute } from './servedRoute.ts';

/** Probes come every few seconds and say nothing. */
const PROBES = /^\/(?:health\/|metrics$)/;

/**
 * Writes one line in the log and one time in the metrics for each request, when its answer is out or the caller is
 * gone: id, method, route pattern, status, milliseconds. Never an address with its ids and search words, a cookie,
 * a token or a body; nothing at all for quiet routes.
 */
export function observeRequests(
  { log, metrics }: { log: Log; metrics: Metrics },
  idOf: (request: Request) => string,
): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const { pattern, quiet } = servedRoute(response) ?? { pattern: pagePattern(request), quiet: false };
      if (quiet || PROBES.test(pattern)) return;
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const served = { method: request.method, route: pattern, status: statusOf(response), ms };
      metrics.observe(served);
      log.info({ requestId: idOf(request), ...served }, 'request');
    });
    next();
  };
}

/** A page's pattern as its router knows it; one name for all addresses that nothing answers to. */
function pagePattern(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  return typeof route?.path === 'string' ? `${request.baseUrl}${route.path}` : 'unknown';
}

/** 499, as nginx says it, where the caller went away before the answer. */
function statusOf(response: Response): number {
  return response.writableFinished ? response.statusCode : 499;
}
