import { connect } from '../../db/connect.ts';
import { readInstallation, stampInstallation } from '../../db/installation.ts';
import { migrate } from '../../db/migrate.ts';
import type { Config } from '../config.ts';
import { seedDemo } from '../demo/seedDemo.ts';
import type { Ports } from '../ports.ts';
import { installRules } from '../rules/installRules.ts';
import { prepareQueue } from '../worker/prepareQueue.ts';

/** This database was made for the other mode: a demo never opens real data, and the other way round. */
export class WrongInstallation extends Error {
  override readonly name = 'WrongInstallation';
  constructor(found: string, wanted: string) {
    super(
      `Cơ sở dữ liệu này được tạo cho chế độ "${found}", không mở được ở chế độ "${wanted}". / ` +
        `This database was made as "${found}" and does not open as "${wanted}" (DEMO).`,
    );
  }
}

/**
 * Migrates, then fills what is empty: rules and days off, and the demo province in demo mode. Several processes
 * may do this at once. Throws WrongInstallation where the database belongs to the other mode.
 */
export async function prepareDatabase(
  config: Config,
  urls: { ownerUrl: string; appUrl: string },
  ports: Ports,
): Promise<void> {
  const appRole = decodeURIComponent(new URL(urls.appUrl).username);
  await migrate(urls.ownerUrl, appRole);
  await prepareQueue(urls.ownerUrl, appRole);
  const db = connect(urls.appUrl, { poolSize: 2 });
  try {
    const wanted = config.demo ? 'demo' : 'real';
    const found = await readInstallation(db);
    if (found !== null && found !== wanted) throw new WrongInstallation(found, wanted);
    await db.transaction((trx) => installRules(trx, ports));
    if (config.demo) await seedDemo(db, ports, config.demoPassword);
    else await db.transaction((trx) => stampInstallation(trx, 'real', ports.clock.wall()));
  } finally {
    await db.destroy();
  }
}
