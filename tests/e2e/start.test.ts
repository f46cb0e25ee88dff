import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect as connectTo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../db/embedded/freePort.ts';
import { processesIn, untilEmpty } from '../support/embeddedOwner.ts';
import { draftMovementOf } from '../support/movements.ts';
import {
  build,
  killPrograms,
  runProgram,
  startProgram,
  untilReady,
  type Program,
} from '../support/programs.ts';
import { logIn } from '../support/testServer.ts';
import { waitFor } from '../support/waitFor.ts';

const NPM_START = ['npm', 'start', '--silent'];
/** The same without npm. */
const START = ['node', 'dist/services/main.js'];
const LONGEST_STOP_MS = 16_000;

const BUILD_AND_START_MS = 120_000;

let folder: string;
let port: number;
let url: string;
let product: Program;
const drafted: string[] = [];

const environment = () => ({ DATA_DIR: join(folder, 'data'), PORT: String(port) });
const cluster = () => join(folder, 'data', 'postgres');

async function start(command = START): Promise<void> {
  product = startProgram(command, environment());
  await untilReady(product, url);
}

/** Drafts a movement and remembers its id: acknowledged, so never to be lost. */
async function draft(): Promise<void> {
  const agency = await logIn(url, 'snv.chuyenvien');
  const { body } = await agency.get('/movements');
  drafted.push(await draftMovementOf(agency, String(body.items[0]?.['standingAgencyId'])));
}

/** Of the remembered movements those that are still there. */
async function stillThere(): Promise<string[]> {
  const agency = await logIn(url, 'snv.chuyenvien');
  const replies = await Promise.all(drafted.map((id) => agency.get(`/movements/${id}`)));
  return replies.filter(({ status }) => status === 200).map(({ body }) => body.id);
}

beforeAll(async () => {
  build();
  folder = await mkdtemp(join(tmpdir(), 'sovang-e2e-'));
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  await start(NPM_START);
}, BUILD_AND_START_MS);

afterAll(async () => {
  await killPrograms();
  await untilEmpty(cluster());
  await rm(folder, { recursive: true, force: true });
});

describe('npm start with nothing configured', () => {
  test('serves the demo province, and prints where and for whom', async () => {
    const officer = await logIn(url, 'dakglei.canbo');
    expect((await officer.get('/me')).body).toMatchObject({ username: 'dakglei.canbo' });
    expect(product.printed()).toContain(`Sổ Vàng: http://localhost:${port}/`);
    expect(product.printed()).toContain('snv.chuyenvien');
    expect((await fetch(`${url}/inbox`)).status).toBe(200);
  });

  test('a second start on the same DATA_DIR is refused, also through npm, and the first goes on', async () => {
    const second = await runProgram(NPM_START, {
      ...environment(),
      PORT: String(await freePort()),
    });
    expect(second).toMatchObject({ code: 1, signal: null });
    expect(second.stderr).toMatch(
      /Another process \(number \d+\) is running the database in .*Stop it first/,
    );
    expect(second.stderr).not.toMatch(/^\s+at /m);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  test('a PORT that is taken is refused, and nothing stays running or locked', async () => {
    const other = join(folder, 'other');
    const refused = await runProgram(START, { DATA_DIR: other, PORT: String(port) });
    expect(refused).toMatchObject({ code: 1, signal: null });
    expect(refused.stderr).toBe(
      `Cổng ${port} đã có chương trình khác dùng. Hãy dừng chương trình đó, hoặc đặt PORT khác.\n` +
        `Port ${port} is taken by another program. Stop that program, or set another PORT.\n`,
    );
    expect(await processesIn(join(other, 'postgres'))).toEqual([]);
    expect(await readdir(other)).not.toContain('postgres.lock');
  });

  test('SIGTERM ends it with 0 in time, though connections are open, and PostgreSQL with it', async () => {
    await draft();
    // A browser opens connections before it has anything to ask, and keeps others for the next question.
    const silent = connectTo({ host: '127.0.0.1', port });
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    const asked = performance.now();
    expect(await product.end('SIGTERM')).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(performance.now() - asked).toBeLessThan(LONGEST_STOP_MS);
    await closed;
    expect(await processesIn(cluster())).toEqual([]);
    await expect(access(join(folder, 'data', 'postgres.lock'))).rejects.toThrow('ENOENT');
  });

  test('a restart keeps what was acknowledged before', async () => {
    await start();
    expect(await stillThere()).toEqual(drafted);
  });

  test('kill -9 and a new start keep it as well', async () => {
    await draft();
    await product.end('SIGKILL');
    await start(NPM_START);
    expect(await stillThere()).toEqual(drafted);
    expect(drafted).toHaveLength(2);
  });

  test('does not outlive npm when npm is killed, and PostgreSQL does not either', async () => {
    product.child.kill('SIGKILL');
    await untilEmpty(cluster());
    await waitFor('the port to be free', async () => (await fetch(url).catch(() => null)) === null);
  });

  test('signals that come twice, as from a terminal through npm, do not cut the stop short', async () => {
    await start();
    product.child.kill('SIGINT');
    expect(await product.end('SIGINT')).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(await processesIn(cluster())).toEqual([]);
  });
});

describe('DEMO=0 with nothing else', () => {
  test('is refused with every problem at once, before anything is made', async () => {
    const dataDir = join(folder, 'real');
    const refused = await runProgram(START, { DEMO: '0', DATA_DIR: dataDir });
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: [
        'Cấu hình không dùng được / Invalid configuration:',
        '- DATABASE_URL: must be set outside demo mode',
        '- SESSION_SECRET: must be set outside demo mode',
        '- DATA_KEY: must be set outside demo mode',
        '- SIGNING_KEY_FILE: must be set outside demo mode',
        '',
      ].join('\n'),
    });
    await expect(access(dataDir)).rejects.toThrow('ENOENT');
  });
});
