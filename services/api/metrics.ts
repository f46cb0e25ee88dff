import { Router, type Request } from 'express';
import type { Knex } from 'knex';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { countWaitingMessages } from '../../db/views/backlog.ts';
import { NotFound } from '../../db/errors.ts';

/** A request that was answered. Time in milliseconds. */
export interface ServedRequest {
  method: string;
  /** The route's pattern: labels with ids would grow without end. */
  route: string;
  status: number;
  ms: number;
}

export interface Metrics {
  observe(served: ServedRequest): void;
  /** `GET /metrics`, for callers on this machine only; 404 for all others. */
  router: Router;
}

/** What Prometheus reads of one API process: requests by route, the backlog of messages, and Node's own figures. */
export function createMetrics(db: Knex): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  new Gauge({
    name: 'outbox_waiting',
    help: 'Messages that are written down and not done yet; NaN where the database does not answer.',
    registers: [registry],
    async collect() {
      this.set(await countWaitingMessages(db).catch(() => Number.NaN));
    },
  });

  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (!isFromThisMachine(request)) throw new NotFound(request.path);
    response.type(registry.contentType).send(await registry.metrics());
  });
  return {
    router,
    observe: ({ method, route, status, ms }) => {
      durations.observe({ method, route, status: String(status) }, ms / 1000);
    },
  };
}

const FORWARDED = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'];
const LOOPBACK_PEER = /^(?:::ffff:)?127\.|^::1$/;
const LOOPBACK_HOST = /^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/i;

/**
 * True for a caller on this machine who speaks to us directly. A proxy on this machine gives itself away by its
 * headers, or by the public name that it passes on.
 */
function isFromThisMachine(request: Request): boolean {
  return (
    LOOPBACK_PEER.test(request.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(request.header('Host') ?? '') &&
    FORWARDED.every((name) => request.header(name) === undefined)
  );
}
