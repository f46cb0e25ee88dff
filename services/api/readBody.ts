import express, { type Request, type Response } from 'express';
import { UnsupportedMediaType } from './httpErrors.ts';
import type { Route } from './route.ts';

const parseJson = express.json({ limit: '2mb', strict: true });

/**
 * The body, read only now: a caller who is not logged in learns nothing about what it would say. No body is an
 * empty one. Throws UnsupportedMediaType for a body that does not call itself JSON.
 */
export async function readBody(spec: Route, request: Request, response: Response): Promise<unknown> {
  if (spec.body === undefined && spec.before === undefined) return undefined;
  if (spec.before === undefined && isOtherThanJson(request)) throw new UnsupportedMediaType();
  return new Promise((resolve, reject) => {
    (spec.before ?? parseJson)(request, response, (error?: Error | string) => {
      if (error === undefined) resolve(request.body);
      else reject(error instanceof Error ? error : new Error(error));
    });
  });
}

function isOtherThanJson(request: Request): boolean {
  return request.header('Content-Length') !== '0' && request.is('application/json') === false;
}
