import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { PROBLEMS, type ProblemCode } from '../problem.ts';
import type { Route } from '../route.ts';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** The problems that a route can answer with, by what it asks for and does. */
export function problemResponses(spec: Route): ZodOpenApiResponsesObject {
  const unsafe = spec.method !== 'get';
  const open = spec.permission === 'public';
  const findsSomething = spec.params !== undefined || spec.subject !== undefined;
  const readsBody = spec.body !== undefined;
  const codes: (ProblemCode | false)[] = [
    open ? spec.path === '/session' && 'wrong-credentials' : 'unauthenticated',
    (unsafe || !open) && 'forbidden',
    findsSomething && 'not-found',
    unsafe && !open && 'conflict',
    unsafe && spec.subject !== undefined && 'stale-revision',
    readsBody && 'too-large',
    readsBody && 'unsupported-media-type',
    (unsafe || spec.query !== undefined) && 'invalid-input',
    open && unsafe && 'too-many-attempts',
  ];
  return Object.fromEntries(
    codes
      .filter((code) => code !== false)
      .map((code) => [PROBLEMS[code].status, { description: titleOf(code), content }]),
  );
}

const content = { 'application/problem+json': { schema: problemSchema } };

function titleOf(code: ProblemCode): string {
  const { vi, en } = PROBLEMS[code].title;
  return `${vi} / ${en}`;
}
