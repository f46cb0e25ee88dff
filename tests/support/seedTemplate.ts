import { connect } from '../../db/connect.ts';
import { seedDemo } from '../../services/demo/seedDemo.ts';
import { installRules } from '../../services/rules/installRules.ts';
import { clockWithOffset, newId, randomHex } from '../../services/ports.ts';

export const TEST_PASSWORD = 'KonTum@2736';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The demo province in the template database, so that every test starts on data that exists. */
export async function seedTemplate(appUrl: string): Promise<void> {
  const db = connect(appUrl, { poolSize: 2 });
  try {
    const ports = { clock: clockWithOffset(() => 0), newId, randomHex, log: silent };
    await db.transaction((trx) => installRules(trx, ports));
    await seedDemo(db, ports, TEST_PASSWORD);
  } finally {
    await db.destroy();
  }
}
