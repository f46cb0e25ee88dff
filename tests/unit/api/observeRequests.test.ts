import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { z } from 'zod';
import type { ServedRequest } from '../../../services/api/metrics.ts';
import { mount } from '../../../services/api/mount.ts';
import { observeRequests } from '../../../services/api/observeRequests.ts';
import { route } from '../../../services/api/route.ts';
import type { RouteDeps } from '../../../services/api/serve.ts';

const logged: object[] = [];
const measured: ServedRequest[] = [];
let server: Server;

beforeAll(async () => {
  const log = { info: (data: object) => logged.push(data), warn: () => undefined, error: () => undefined };
  const metrics = { observe: (served: ServedRequest) => measured.push(served), router: express.Router() };
  const app = express();
  app.use(observeRequests({ log, metrics }, () => 'id'));
  const api = express.Router();
  mount(api, [castRoute(false), castRoute(true)], {} as RouteDeps);
  app.use('/api/v1', api);
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
});

afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

function castRoute(quiet: boolean) {
  return route({
    method: 'post',
    path: quiet ? '/quiet/{token}' : '/loud/{token}',
    tag: 'ballots',
    summary: { vi: 'Bỏ phiếu', en: 'Cast' },
    permission: 'public',
    quiet,
    response: z.object({}),
    handle: () => Promise.resolve({ body: {} }),
  });
}

describe('a quiet route', () => {
  test('leaves no line in the log and no time in the metrics, as any other does', async () => {
    const { port } = server.address() as AddressInfo;
    for (const path of ['quiet/1', 'loud/2', 'quiet/3']) {
      const reply = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, { method: 'POST' });
      expect(reply.status).toBe(200);
    }
    const served = { method: 'POST', route: '/api/v1/loud/{token}', status: 200, ms: expect.any(Number) };
    expect(measured).toEqual([served]);
    expect(logged).toEqual([{ requestId: 'id', ...served }]);
  });
});
