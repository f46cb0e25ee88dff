import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Callers } from '../accounts/callers.ts';
import { NotFound } from '../../db/errors.ts';
import type { Ports } from '../ports.ts';
import type { Knex } from 'knex';
import { createAuthenticate } from './authenticate.ts';
import { healthRouter } from './healthRouter.ts';
import { languageOf, sendProblem, toProblem } from './problem.ts';
import { refuseForeignOrigin } from './refuseForeignOrigin.ts';
import { mount, type Route } from './route.ts';

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
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.set('etag', false);
  app.use((request, response, next) => {
    response.setHeader('X-Request-Id', requestId(request, deps.ports));
    next();
  });
  app.use(helmet());
  app.use(healthRouter(deps.db));
  app.use(refuseForeignOrigin(deps.publicUrl));
  for (const page of pages) app.use(page);

  const api = express.Router();
  mount(api, routes, { db: deps.db, ports: deps.ports, authenticate: createAuthenticate(deps.callers) });
  app.use('/api/v1', api);

  app.use((request, _response, next) => {
    next(new NotFound(request.path));
  });
  app.use(errorHandler(deps.ports));
  return app;
}

const ids = new WeakMap<Request, string>();

/** One id per request, in the answer's header, in its problem document and in the log. */
export function requestId(request: Request, { newId }: Pick<Ports, 'newId'>): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const made = newId();
  ids.set(request, made);
  return made;
}

function errorHandler(ports: Ports): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const id = requestId(request, ports);
    const document = toProblem(error, `urn:uuid:${id}`, languageOf(request.header('Accept-Language')));
    if (document.status >= 500) ports.log.error({ err: error, requestId: id }, 'request failed');
    sendProblem(response, document);
  };
}
