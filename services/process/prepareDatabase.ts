import { connect } from '../../db/connect.ts';
import { stampInstallation } from '../../db/installation.ts';
import { migrate } from '../../db/migrate.ts';
import type { Config } from '../config.ts';
import { seedDemo } from '../demo/seedDemo.ts';
import type { Ports } from '../ports.ts';
import { installRules } from '../rules/installRules.ts';
import { prepareQueue } from '../worker/prepareQueue.ts';
import { isInstalledAs, requireInstallation } from './requireInstallation.ts';

/**
 * Migrates, then fills what is empty: rules and days off, and the demo province in demo mode. Several processes
 * may do this at once. Throws WrongInstallation, having changed nothing, where the database belongs to the other
 * mode.
 */
export async function prepareDatabase(
  config: Config,
  urls: { ownerUrl: string; appUrl: string },
  ports: Ports,
): Promise<void> {
  await isInstalledAs(config.demo, urls.ownerUrl);
  const appRole = decodeURIComponent(new URL(urls.appUrl).username);
  await migrate(urls.ownerUrl, appRole);
  await prepareQueue(urls.ownerUrl, appRole);
  const db = connect(urls.appUrl, { poolSize: 2 });
  try {
    await db.transaction((trx) => installRules(trx, ports));
    if (config.demo) await seedDemo(db, ports, config.demoPassword);
    else await db.transaction((trx) => stampInstallation(trx, 'real', ports.clock.wall()));
  } finally {
    await db.destroy();
  }
  // Another process may have been first, in the other mode.
  await requireInstallation(config, urls.appUrl);
}
