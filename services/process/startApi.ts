import { connect } from '../../db/connect.ts';
import { listenForNotices } from '../../db/notices.ts';
import type { Config } from '../config.ts';
import { randomHex, type Log } from '../ports.ts';
import { wireApi, type Wired } from '../wire.ts';
import { listen } from './listen.ts';
import { readSecrets } from './secrets.ts';

export interface RunningApi {
  port: number;
  wired: Wired;
  stop: () => Promise<void>;
}

/** The API over a prepared database, listening. */
export async function startApi(config: Config, databaseUrl: string, log: Log): Promise<RunningApi> {
  const secrets = await readSecrets(config, randomHex);
  const db = connect(databaseUrl, { poolSize: 12 });
  const notices = await listenForNotices(databaseUrl);
  const wired = await wireApi({ config, secrets, db, databaseUrl, notices, log });
  const server = await listen(wired.app, config.port, config.host);
  return {
    port: server.port,
    wired,
    stop: async () => {
      await server.close();
      await wired.close();
      await notices.close();
      await db.destroy();
    },
  };
}
