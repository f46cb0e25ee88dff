import { Router, type RequestHandler } from 'express';
import { MethodNotAllowed } from './httpErrors.ts';
import { nameRoute } from './servedRoute.ts';
import { permissionName, type Route } from './route.ts';
import { serve, type RouteDeps } from './serve.ts';

/**
 * Registers the routes with Express, each with the checks in the order of contract.md §2. Throws at start for a
 * route without a permission, and for one that stands there twice.
 */
export function mount(router: Router, routes: readonly Route[], deps: RouteDeps): void {
  // Express asks a router's routes one by one: a collection of its own each keeps that list short.
  const collections = new Map<string, Router>();
  const methods = new Map<string, string[]>();
  for (const spec of routes) {
    permissionName(spec);
    const { collection, path } = placeOf(spec);
    const own = collections.get(collection) ?? Router();
    collections.set(collection, own);
    const known = methods.get(spec.path) ?? [];
    if (known.includes(spec.method)) throw new Error(`route ${spec.method} ${spec.path} stands there twice`);
    methods.set(spec.path, [...known, spec.method]);
    own[spec.method](path, (request, response, next) => {
      nameRoute(response, { pattern: `/api/v1${spec.path}`, quiet: spec.quiet ?? false });
      serve(spec, deps, request, response).catch(next);
    });
  }
  for (const spec of routes) {
    const { collection, path } = placeOf(spec);
    collections.get(collection)?.all(path, otherMethod(methods.get(spec.path) ?? []));
  }
  for (const [collection, own] of collections) router.use(`/${collection}`, own);
}

/** `/movements/{id}/events` stands in the collection `movements` at `/:id/events`. */
function placeOf({ path }: Route): { collection: string; path: string } {
  const [, collection = '', ...rest] = path.replaceAll(/\{(\w+)\}/g, ':$1').split('/');
  return { collection, path: `/${rest.join('/')}` };
}

/** OPTIONS says what a path answers to; every other method is refused with the same list. */
function otherMethod(methods: readonly string[]): RequestHandler {
  const names = methods.map((method) => method.toUpperCase());
  const allowed = [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (request, response, next) => {
    response.setHeader('Allow', allowed);
    if (request.method === 'OPTIONS') response.status(204).end();
    else next(new MethodNotAllowed());
  };
}
