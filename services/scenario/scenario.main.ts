import { parseArgs } from 'node:util';
import { describeFailure } from './failures.ts';
import { PlayFailed, playYear } from './playYear.ts';

const USAGE = 'npm run scenario -- [--base-url URL] [--password MẬT-KHẨU]';

/** Plays the next free year against a running demo; exits with 1 on the first thing that goes wrong. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'base-url': { type: 'string' }, password: { type: 'string' } },
  });
  const baseUrl = (values['base-url'] ?? `http://localhost:${process.env['PORT'] ?? '3000'}`).replace(
    /\/$/,
    '',
  );
  const password = values.password ?? process.env['DEMO_PASSWORD'] ?? 'KonTum@2736';
  const say = (line: string) => {
    console.log(line);
  };
  say(`Kịch bản một năm thi đua của tỉnh Kon Tum, trên ${baseUrl} (mọi người và số liệu đều là minh họa)`);
  const year = await playYear({ baseUrl, password, say });
  say(`\nĐã chơi trọn năm ${year}: mọi bước và mọi kiểm tra đều đúng.`);
}

try {
  await main();
} catch (error) {
  const failed = error instanceof PlayFailed;
  if (failed) console.error(`\nHỎNG ở ${error.message}`);
  console.error(describeFailure(failed ? error.cause : error));
  if (!failed) console.error(USAGE);
  process.exit(1);
}
