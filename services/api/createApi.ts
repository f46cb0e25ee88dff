import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Knex } from 'knex';
import { NotFound } from '../../db/errors.ts';
import type { Callers } from '../accounts/callers.ts';
import type { Ports } from '../ports.ts';
import { apiHeaders } from './apiHeaders.ts';
import { createAuthenticate } from './authenticate.ts';
import { docsRouter } from './docs/docsRouter.ts';
import { healthRouter } from './healthRouter.ts';
import { createMetrics } from './metrics.ts';
import { mount } from './mount.ts';
import { observeRequests } from './observeRequests.ts';
import { languageOf, sendProblem, toProblem } from './problem.ts';
import { refuseForeignOrigin } from './refuseForeignOrigin.ts';
import { requestId } from './requestId.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './securityHeaders.ts';
import { servedRoute } from './servedRoute.ts';

export interface ApiDeps {
  db: Knex;
  ports: Ports;
  callers: Callers;
  publicUrl: string;
  /** Hops of proxies in front of us. */
  trustProxy: number;
}

/** Middleware in order, and nothing else: pages and routes are handed in. */
export function createApi(
  deps: ApiDeps,
  routes: readonly Route[],
  pages: readonly express.Router[],
): Express {
  const { db, ports, callers, publicUrl } = deps;
  const metrics = createMetrics(db);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.set('etag', false);
  app.use((request, response, next) => {
    response.setHeader('X-Request-Id', requestId(request, ports));
    next();
  });
  app.use(observeRequests({ log: ports.log, metrics }, (request) => requestId(request, ports)));

  // The API comes first: its requests are the many, and each layer before them costs them time.
  const api = express.Router();
  mount(api, routes, { db, ports, authenticate: createAuthenticate(callers) });
  const ownOrigin = refuseForeignOrigin(publicUrl);
  app.use('/api/v1', apiHeaders(publicUrl), ownOrigin, api);

  app.use(securityHeaders(publicUrl));
  app.use(healthRouter(db));
  app.use(metrics.router);
  app.use(docsRouter(routes));
  app.use(ownOrigin);
  for (const page of pages) app.use(page);

  app.use((request, _response, next) => {
    next(new NotFound(request.path));
  });
  app.use(errorHandler(ports));
  return app;
}

function errorHandler(ports: Ports): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const id = requestId(request, ports);
    const language = languageOf(request);
    const document = toProblem(error, `urn:uuid:${id}`, language);
    if (document.code === 'internal-error') {
      // What a quiet route was asked must not be found in the log by its time and words.
      const quiet = servedRoute(response)?.quiet ?? false;
      ports.log.error(quiet ? {} : { err: error, requestId: id }, 'request failed');
    }
    sendProblem(response, document, language);
  };
}
