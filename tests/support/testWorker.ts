import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareQueue } from '../../services/worker/prepareQueue.ts';
import {
  startWorker,
  type RunningWorker,
  type WorkerConfig,
  type WorkerOptions,
} from '../../services/worker/startWorker.ts';
import { roleOf } from './testCluster.ts';
import type { TestDatabase } from './testDatabase.ts';

const DEMO: WorkerConfig = {
  demo: true,
  redisUrl: null,
  smtpUrl: null,
  publicUrl: 'http://127.0.0.1:3000',
  dataDir: join(tmpdir(), 'sovang-test-no-files'),
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A worker on a test's database, on BullMQ's PostgreSQL backend and with the built-in inbox unless said otherwise. */
export async function startTestWorker(
  database: TestDatabase,
  config: Partial<WorkerConfig> = {},
  options: WorkerOptions = {},
): Promise<RunningWorker> {
  await prepareQueue(database.ownerUrl, roleOf(database.appUrl));
  return startWorker({ ...DEMO, ...config }, database.appUrl, silent, {
    pollMs: 50,
    stopMs: 2_000,
    ...options,
  });
}
