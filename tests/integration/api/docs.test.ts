import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { startTestServer, type TestServer } from '../../support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

interface Operation {
  operationId: string;
  summary: string;
  'x-permission': string;
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
  requestBody?: { content: Record<string, { schema: unknown }> };
}

interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

async function readDocument(): Promise<Document> {
  const response = await fetch(`${server.url}/api/openapi.json`);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return (await response.json()) as Document;
}

function operations(document: Document): [name: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** What Express itself answers to below /api/v1: the document must not be the only witness. */
function mountedRoutes(app: Express): string[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  const api = stack.map(({ handle }) => handle.stack ?? []).find((inner) => inner.some(isCollection)) ?? [];
  return api.flatMap((layer) => routesOf(layer));
}

/** A router's layer does not say where it is mounted, so paths are compared below their collection. */
function routesOf({ handle }: Layer): string[] {
  return (handle.stack ?? []).flatMap(({ route }) =>
    Object.keys(route?.methods ?? {})
      .filter((method) => method !== '_all')
      .map((method) => `${method} ${(route?.path ?? '').replaceAll(/:(\w+)/g, '{$1}')}`),
  );
}

function isCollection({ handle }: Layer): boolean {
  return (handle.stack ?? []).some(({ route }) => route !== undefined);
}

/** Every `$ref` anywhere in the document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : references(part),
  );
}

describe('the API document', () => {
  test('holds every mounted route and no other', async () => {
    const documented = operations(await readDocument()).map(([name]) => name);
    const below = documented.map((name) => name.replace(/\/api\/v1\/[^/]+\/?/, '/'));
    expect(below.sort()).toEqual(mountedRoutes(server.wired.app).sort());
    expect(documented.length).toBeGreaterThan(20);
  });

  test('is a sound OpenAPI 3.1 document', async () => {
    const document = await readDocument();
    expect(document.openapi).toBe('3.1.0');
    const all = operations(document);
    expect(new Set(all.map(([, { operationId }]) => operationId)).size).toBe(all.length);
    for (const [name, operation] of all) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, word]) => word);
      const parameters = operation.parameters ?? [];
      const declared = parameters.filter((each) => each.in === 'path');
      expect([name, declared.map((each) => each.name).sort()]).toEqual([name, inPath.sort()]);
      expect([name, declared.every(({ required }) => required === true)]).toEqual([name, true]);
      expect([name, Object.keys(operation.responses).some((status) => status.startsWith('2'))]).toEqual([
        name,
        true,
      ]);
      expect(Object.values(operation.responses).every(({ description }) => description !== '')).toBe(true);
      expect([name, operation['x-permission']]).toEqual([name, expect.stringMatching(/^[a-z][A-Za-z.-]*$/)]);
      if (name.startsWith('get')) expect([name, operation.requestBody]).toEqual([name, undefined]);
    }
  });

  test('refers only to what it holds', async () => {
    const document = await readDocument();
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...new Set(references(document))].filter((reference) => !known.includes(reference))).toEqual([]);
  });

  test('names permissions, problems and the headers of the contract', async () => {
    const { paths } = await readDocument();
    const event = paths['/api/v1/movements/{id}/events']?.['post'];
    expect(event?.['x-permission']).toBe('movements.event');
    expect(event?.parameters?.filter((each) => each.in === 'header').map(({ name }) => name)).toEqual([
      'Idempotency-Key',
      'If-Match',
    ]);
    expect(Object.keys(event?.responses ?? {})).toEqual([
      '200',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
    ]);
    const refusal = event?.responses['409']?.content?.['application/problem+json'];
    expect(refusal?.schema).toEqual({ $ref: '#/components/schemas/Problem' });
    expect(JSON.stringify(event?.requestBody?.content['application/json']?.schema)).toContain('"LAUNCH"');
  });
});

describe('the page to read it with', () => {
  test('asks nothing of other places and runs no script of its own text', async () => {
    const response = await fetch(`${server.url}/api/docs`);
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.status).toBe(200);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src|unsafe-eval|https:/);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);

    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(parts.length).toBe(4);
    for (const address of parts) {
      expect(address).toMatch(/^\/api\/docs\//);
      expect([address, (await fetch(server.url + address)).status]).toEqual([address, 200]);
    }
  });

  test('is where the bare address leads', async () => {
    const response = await fetch(server.url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/api/docs']);
  });
});
