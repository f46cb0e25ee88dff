import { connect } from '../db/connect.ts';
import { listenForNotices } from '../db/notices.ts';
import { InvalidConfig, readConfig, type Config } from './config.ts';
import { clockWithOffset, newId, randomHex } from './ports.ts';
import { createLog } from './process/createLog.ts';
import { listen } from './process/listen.ts';
import { openDatabase } from './process/openDatabase.ts';
import { prepareDatabase } from './process/prepareDatabase.ts';
import { readSecrets } from './process/secrets.ts';
import { untilStopped } from './process/untilStopped.ts';
import { wireApi } from './wire.ts';

/** The whole product in one process: database, migrations, demo, API, worker, inbox. */
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config, log);
  const ports = { clock: clockWithOffset(() => 0), newId, randomHex, log };
  await prepareDatabase(config, database, ports);
  const secrets = await readSecrets(config, randomHex);

  const db = connect(database.appUrl, { poolSize: 12 });
  const notices = await listenForNotices(database.appUrl);
  const wired = await wireApi({ config, secrets, db, databaseUrl: database.appUrl, notices, log });
  const api = await listen(wired.app, config.port, config.host);
  announce(config, api.port);

  await untilStopped(
    [
      () => api.close(),
      () => wired.close(),
      () => notices.close(),
      () => db.destroy(),
      () => database.stop(),
    ],
    log,
  );
}

function announce({ demo, publicUrl, demoPassword }: Config, port: number): void {
  const address = new URL(publicUrl);
  if (address.port !== '' && port !== Number(address.port)) address.port = String(port);
  console.log(`\nSổ Vàng: ${address.href}`);
  if (!demo) return;
  console.log(`
Bản thử với tỉnh Kon Tum (dữ liệu minh họa). Tài liệu API: ${address.href}api/docs · Hộp thư: ${address.href}inbox
Tài khoản (mật khẩu ${demoPassword}):
  admin · snv.chuyenvien · snv.lanhdao · snv.vanthu · hd.thuky · chutich · hd.02 … hd.13 · vpub.vanthu · thanhtra
  <mã đơn vị>.canbo và <mã đơn vị>.lanhdao, ví dụ dakglei.canbo, soldtbxh.canbo, sotaichinh.canbo, mttq.lanhdao
Năm thi đua mẫu: npm run scenario
`);
}

try {
  await main(readConfig(process.env));
} catch (error) {
  console.error(error instanceof InvalidConfig ? error.message : error);
  process.exit(1);
}
