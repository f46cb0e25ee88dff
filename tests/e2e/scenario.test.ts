import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from '../../db/connect.ts';
import { checkInvariants } from '../../db/invariants.ts';
import { verifyRecord } from '../../services/audit/verifyRecord.ts';
import { createProduct, type Product } from '../support/product.ts';
import { runCommand, type Run } from '../support/runCommand.ts';

let product: Product;

beforeAll(async () => {
  product = await createProduct();
  await product.start();
}, 120_000);

afterAll(() => product.remove());

const play = (): Promise<Run> =>
  runCommand('services/scenario/scenario.main.ts', ['--base-url', product.baseUrl]);

/** The rows of the final table: number, recipient, award, decision and how it stands, as the command prints them. */
function awardsIn({ stdout }: Run): string[][] {
  const rows = stdout.split('\n').filter((line) => /^ +\d+\/\d{4} /.test(line));
  return rows.map((row) => row.trim().split(/ {2,}/));
}

describe('npm run scenario against npm start', () => {
  test('plays a year, and then the next one', async () => {
    for (const year of [2018, 2019]) {
      const run = await play();
      expect([run.code, run.stderr]).toEqual([0, '']);
      expect(awardsIn(run).map(([number, , award, , standing]) => [number, award, standing])).toEqual([
        [`1/${year}`, 'Cờ thi đua của Ủy ban nhân dân tỉnh', 'có hiệu lực'],
        [`2/${year}`, 'Tập thể lao động xuất sắc', 'thu hồi: 2/QĐ-UBND'],
        [`3/${year}`, 'Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh', 'có hiệu lực'],
        [`4/${year}`, 'Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh', 'có hiệu lực'],
        [`5/${year}`, 'Cờ thi đua của Chính phủ', 'có hiệu lực'],
      ]);
    }
  }, 300_000);

  test('leaves a record that holds, and every mail has left once', async () => {
    const db = connect(await product.databaseUrl(), { poolSize: 2 });
    try {
      expect((await verifyRecord(db)).broken).toBeNull();
      expect((await checkInvariants(db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
      const { rows } = await db.raw<{ rows: object[] }>(
        'select message_id from inbox_mails group by message_id having count(*) > 1',
      );
      expect(rows).toEqual([]);
    } finally {
      await db.destroy();
    }
  });

  test('ends with 1 where it is not answered, and says which step it was', async () => {
    const run = await runCommand('services/scenario/scenario.main.ts', ['--base-url', 'http://127.0.0.1:9']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('HỎNG ở phần "Chuẩn bị"');
    expect(run.stderr).toContain('POST /session');
  });

  test('ends with 1 where a password is wrong, and shows the problem', async () => {
    const args = ['--base-url', product.baseUrl, '--password', 'sai'];
    const run = await runCommand('services/scenario/scenario.main.ts', args);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('"code": "wrong-credentials"');
  });
});
