import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../db/embedded/freePort.ts';
import { runningAppUrl } from '../../db/embedded/runningAppUrl.ts';
import { processesIn, untilEmpty } from './embeddedOwner.ts';
import { waitFor } from './waitFor.ts';
import { endProcess } from './workerProcess.ts';

/** The whole product as one process with its embedded PostgreSQL, as `npm start` runs it, on a data folder of its own. */
export interface Product {
  baseUrl: string;
  dataDir: string;
  /** Starts it and resolves once it is ready to answer. */
  start(): Promise<void>;
  /** SIGKILL of the process alone, or of PostgreSQL's processes with it: nobody can clean anything up. */
  kill(what: 'node' | 'everything'): Promise<void>;
  /** How the app's role reaches the running database. */
  databaseUrl(): Promise<string>;
  /** Ends whatever still runs and removes the data. */
  remove(): Promise<void>;
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const START_MS = 90_000;

/** Prepares a product on a free port; nothing runs yet. */
export async function createProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sovang-product-'));
  const cluster = join(dataDir, 'postgres');
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  const isReady = async () => (await fetch(`${baseUrl}/health/ready`)).status === 200;
  const end = async (signal: NodeJS.Signals) => {
    if (child !== null) await endProcess(child, signal);
    child = null;
  };
  return {
    baseUrl,
    dataDir,
    async start() {
      const started = spawnProduct(dataDir, port);
      child = started;
      await waitFor(
        'the product to be ready',
        () => {
          if (started.exitCode !== null) throw new Error(`the product ended with ${started.exitCode}`);
          return isReady().catch(() => false);
        },
        START_MS,
      );
    },
    async kill(what) {
      await end('SIGKILL');
      if (what === 'node') return;
      for (const pid of await processesIn(cluster)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself meanwhile.
        }
      }
      await untilEmpty(cluster);
    },
    databaseUrl: () => runningAppUrl(dataDir, 'sovang'),
    async remove() {
      await end('SIGTERM');
      await untilEmpty(cluster);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function spawnProduct(dataDir: string, port: number): ChildProcess {
  return spawn(process.execPath, ['--import', path('typescriptLoader.mjs'), path('../../services/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // PATH and the like only: what the machine has set for the product must not reach it.
    env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'fatal' },
  });
}
