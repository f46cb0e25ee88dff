import { connect } from '../../db/connect.ts';
import { listenForNotices } from '../../db/notices.ts';
import type { Config } from '../config.ts';
import { randomHex, type Log } from '../ports.ts';
import { wireApi, type Wired } from '../wire.ts';
import { listen } from './listen.ts';
import { readSecrets } from './secrets.ts';
import { stopAll } from './stopping.ts';

export interface RunningApi {
  port: number;
  wired: Wired;
  stop: () => Promise<void>;
}

/** The API over a prepared database, listening. Where something fails on the way, nothing stays open. */
export async function startApi(config: Config, databaseUrl: string, log: Log): Promise<RunningApi> {
  const secrets = await readSecrets(config, randomHex);
  const db = connect(databaseUrl, { poolSize: 12 });
  const parts = [() => db.destroy()];
  try {
    const notices = await listenForNotices(databaseUrl);
    parts.unshift(() => notices.close());
    const wired = await wireApi({ config, secrets, db, databaseUrl, notices, log });
    parts.unshift(() => wired.close());
    const server = await listen(wired.app, config.port, config.host);
    parts.unshift(() => server.close());
    return { port: server.port, wired, stop: () => stopAll(parts, log) };
  } catch (error) {
    await stopAll(parts, log);
    throw error;
  }
}
