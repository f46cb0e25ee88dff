import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { newId } from '../../services/ports.ts';
import { waitFor } from './waitFor.ts';

/** A Redis for one test file, with a key prefix of its own. */
export interface TestRedis {
  url: string;
  prefix: string;
  /** Forgets everything under the prefix, as a flushed Redis would. */
  flush(): Promise<void>;
  keys(): Promise<string[]>;
  close(): Promise<void>;
}

const PROGRAM = 'redis-server';
const given = process.env['TEST_REDIS_URL'];

/** Whether a server of our own can be started here. */
export const hasRedisProgram = spawnSync(PROGRAM, ['--version']).status === 0;

/** Whether Redis tests can run here: a server is given, or its program is installed. Says so loudly if not. */
export const redisAvailable = given !== undefined || hasRedisProgram;
if (!redisAvailable) {
  process.stderr.write(
    '\nSKIPPED: no redis-server program and no TEST_REDIS_URL; nothing is tested on Redis.\n\n',
  );
}

/** The server of TEST_REDIS_URL, or a server of our own on a free port. */
export async function startTestRedis(): Promise<TestRedis> {
  const server =
    given === undefined ? await startRedisServer() : { url: given, stop: () => Promise.resolve() };
  const prefix = `sovang-test-${newId()}`;
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const keys = () => redis.keys(`${prefix}:*`);
  const flush = async () => {
    const found = await keys();
    if (found.length > 0) await redis.del(...found);
  };
  return {
    url: server.url,
    prefix,
    flush,
    keys,
    close: async () => {
      await flush();
      redis.disconnect();
      await server.stop();
    },
  };
}

/** A server of our own on a free port, with nothing in it; needs `hasRedisProgram`. */
export async function startRedisServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'sovang-test-redis-'));
  const port = await freePort();
  const child = spawn(
    PROGRAM,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir],
    { stdio: 'ignore' },
  );
  const url = `redis://127.0.0.1:${port}`;
  const probe = new Redis(url, { maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  await waitFor('redis-server to answer', () => probe.ping());
  probe.disconnect();
  return {
    url,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
