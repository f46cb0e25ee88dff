import { readConfig, type Config } from './config.ts';
import { clockWithOffset, newId, randomHex } from './ports.ts';
import { createLog } from './process/createLog.ts';
import { openDatabase } from './process/openDatabase.ts';
import { prepareDatabase } from './process/prepareDatabase.ts';
import { runMain } from './process/runMain.ts';
import { startApi } from './process/startApi.ts';
import { stopAll, untilSignalled } from './process/stopping.ts';
import { startWorker } from './worker/startWorker.ts';

/** The whole product in one process: database, migrations, demo, API, worker, inbox. */
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const signalled = untilSignalled(log);
  const database = await openDatabase(config, log);
  const started = [database.stop];
  try {
    await prepareDatabase(config, database, { clock: clockWithOffset(() => 0), newId, randomHex, log });
    const api = await startApi(config, database.appUrl, log);
    started.unshift(api.stop);
    const worker = await startWorker(config, database.appUrl, log);
    started.splice(1, 0, worker.stop);
    announce(config, api.port);
  } catch (error) {
    await stopAll(started, log);
    throw error;
  }
  await signalled;
  await stopAll(started, log);
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

await runMain(() => main(readConfig(process.env)), console.error);
