import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { interpolate, readComposeFile, readProjectFile, variableUses } from '../support/compose.ts';
import { composeProcesses, type ComposeProcesses } from '../support/composeProcesses.ts';
import { startMailServer, type MailServer } from '../support/mailServer.ts';
import { draftMovementOf } from '../support/movements.ts';
import { build, killPrograms, type Program } from '../support/programs.ts';
import { samples } from '../support/sampleFiles.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/testDatabase.ts';
import { createTestInstallation, type TestInstallation } from '../support/testInstallation.ts';
import { hasRedisProgram, startRedisServer } from '../support/testRedis.ts';
import { client, logIn } from '../support/testServer.ts';
import { waitFor } from '../support/waitFor.ts';

const OURS = ['migrate', 'api', 'worker'];
const PASSWORD = 'Mat-khau-thu-2736';
const BUILD_AND_PREPARE_MS = 120_000;

/** What the README's `for` line writes into .env. */
const SECRETS = {
  POSTGRES_PASSWORD: 'p'.repeat(64),
  OWNER_PASSWORD: 'o'.repeat(64),
  APP_PASSWORD: 'a'.repeat(64),
  SESSION_SECRET: 's'.repeat(64),
  DATA_KEY: 'd'.repeat(64),
};

const file = readComposeFile();
const serviceOf = (name: string) => {
  const found = file.services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

beforeAll(build, BUILD_AND_PREPARE_MS);

describe('docker-compose.yml', () => {
  test('has every service of the contract, and ours run what the image holds', () => {
    expect(Object.keys(file.services).sort()).toEqual(['postgres', 'redis', 'mail', 'proxy', ...OURS].sort());
    for (const name of OURS) {
      const [program, script = ''] = serviceOf(name).command ?? [];
      expect([name, program, serviceOf(name).build]).toEqual([name, 'node', '.']);
      expect(existsSync(new URL(`../../${script}`, import.meta.url))).toBe(true);
    }
  });

  test('the image builds from all that the build reads, and keeps dist where the commands look', () => {
    const dockerfile = readProjectFile('Dockerfile');
    const { include } = parse(readProjectFile('tsconfig.build.json')) as { include: string[] };
    for (const folder of [...include, 'scripts']) expect(dockerfile).toContain(`COPY ${folder} ${folder}\n`);
    const [, final = ''] = dockerfile.split(/^FROM .*(?<!AS build)$/m);
    expect(final).toContain('WORKDIR /app\n');
    expect(final).toContain('COPY --from=build /app/dist dist\n');
    expect(final).toContain(`CMD ${JSON.stringify(serviceOf('api').command).replaceAll(',', ', ')}\n`);
    expect(final).toContain('USER node\n');
  });

  test('publishes the proxy alone to all addresses', () => {
    const everywhere = Object.entries(file.services).filter(([, { ports }]) =>
      ports.some((port) => !port.startsWith('127.0.0.1:')),
    );
    expect(everywhere.map(([name]) => name)).toEqual(['proxy']);
    expect(serviceOf('api').ports.concat(serviceOf('worker').ports)).toEqual([]);
  });

  test('has no default for a secret, and names what is missing', () => {
    const uses = variableUses(readProjectFile('docker-compose.yml'));
    const secrets = uses.filter(({ name }) => /PASSWORD|SECRET|_KEY$/.test(name));
    expect(new Set(secrets.filter(({ fallback }) => fallback === null).map(({ name }) => name))).toEqual(
      new Set(Object.keys(SECRETS)),
    );
    // Of a demo only, which refuses to start without it on an address that is not loopback.
    expect(secrets.filter(({ fallback }) => fallback !== null)).toEqual([
      { name: 'DEMO_PASSWORD', fallback: '' },
    ]);
    expect(() => interpolate(serviceOf('api').environment['SESSION_SECRET'] ?? '', {})).toThrow(
      'SESSION_SECRET: set SESSION_SECRET',
    );
  });

  test('gives API and worker the same files, both the key, and to nobody but migrate the owner', () => {
    for (const name of OURS) {
      const { environment, volumes, secrets } = serviceOf(name);
      expect(volumes).toEqual([`files:${environment['DATA_DIR'] ?? ''}`]);
      expect(secrets.map((secret) => `/run/secrets/${secret}`)).toEqual([environment['SIGNING_KEY_FILE']]);
      expect(environment['DATABASE_URL']).toMatch(/^postgres:\/\/sovang_app:.*@postgres:5432\/sovang$/);
      expect('DATABASE_OWNER_URL' in environment).toBe(name === 'migrate');
    }
    expect(readProjectFile('deploy/createRoles.sh')).toContain('create role sovang_app login');
  });

  test('the proxy leads to the API and hides its metrics', () => {
    const nginx = readProjectFile('deploy/nginx.conf');
    expect(serviceOf('proxy').volumes).toEqual(['./deploy/nginx.conf:/etc/nginx/conf.d/default.conf:ro']);
    expect(nginx).toContain('set $upstream http://api:3000;');
    expect(serviceOf('api').environment['TRUST_PROXY']).toBe('1');
    const [, hidden = ''] = /location ~\* (\S+) \{\s*return 404;/.exec(nginx) ?? [];
    for (const path of ['/metrics', '/metrics/', '/Metrics']) expect(path).toMatch(new RegExp(hidden, 'i'));
  });
});

describe('its services as processes', () => {
  let installation: TestInstallation;
  let database: TestDatabase;
  let mail: MailServer;
  let redis: Awaited<ReturnType<typeof startRedisServer>> | null;
  let processes: ComposeProcesses;
  let apis: { program: Program; url: string }[];
  let workers: Program[];

  const processesWith = (on: TestDatabase, variables: Record<string, string>, dataDir: string) =>
    composeProcesses({
      postgres: { sovang_app: on.appUrl, sovang_owner: on.ownerUrl },
      redis: redis?.url ?? null,
      mail: mail.smtpUrl,
      paths: { '/data': dataDir, '/run/secrets/signing_key': installation.signingKeyFile },
      variables: { ...SECRETS, ...variables },
    });
  const urlOf = (which: 0 | 1): string => apis[which]?.url ?? '';

  beforeAll(async () => {
    if (!hasRedisProgram) {
      process.stderr.write(
        '\nSKIPPED: no redis-server program; the services of compose run without REDIS_URL.\n\n',
      );
    }
    [installation, database, mail, redis] = await Promise.all([
      createTestInstallation(),
      createEmptyDatabase(),
      startMailServer(),
      hasRedisProgram ? startRedisServer() : null,
    ]);
    const dataDir = join(installation.folder, 'demo');
    await mkdir(dataDir);
    processes = processesWith(database, { DEMO: '1', DEMO_PASSWORD: PASSWORD }, dataDir);
    const twice = [await processes.run('migrate'), await processes.run('migrate')];
    expect(twice.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    [apis, workers] = await Promise.all([
      Promise.all([processes.startApi(), processes.startApi()]),
      Promise.all([processes.startWorker(), processes.startWorker()]),
    ]);
  }, BUILD_AND_PREPARE_MS);

  afterAll(async () => {
    await killPrograms();
    await Promise.all([mail.close(), redis?.stop(), database.close()]);
    await installation.remove();
  });

  /** A session made at the first API, to be used at either. */
  async function session(username: string): Promise<{ Cookie: string }> {
    const reply = await client(urlOf(0), {}).post('/session', { username, password: PASSWORD });
    expect(reply.status).toBe(201);
    return { Cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  }

  /** Logs out at the first API and asks the second, which has just answered, until it has forgotten too. */
  async function logOutAndAskOther(username: string): Promise<void> {
    const cookie = await session(username);
    const other = client(urlOf(1), cookie);
    expect((await other.get('/me')).body).toMatchObject({ username });
    expect((await client(urlOf(0), cookie).delete('/session')).status).toBe(204);
    // The notice is on its way when the answer is; what is kept without one would live for thirty seconds.
    await waitFor('the other API to forget', async () => (await other.get('/me')).status === 401, 2_000);
  }

  test('a log-in on one API works on the other, and a log-out ends it there at once', async () => {
    await logOutAndAskOther('dakglei.canbo');
  });

  test('a file that came through one API is read through the other', async () => {
    const cookie = await session('dakglei.canbo');
    const form = new FormData();
    form.append('file', new Blob([samples.pdf('qua hai máy')]), 'a.pdf');
    const { body, status } = await client(urlOf(0), cookie).post('/files', form);
    expect(status).toBe(201);
    const read = await client(urlOf(1), cookie).fetch(`/files/${body.id}/content`);
    expect(Buffer.from(await read.arrayBuffer())).toEqual(samples.pdf('qua hai máy'));
  });

  test('a launched movement makes one mail for each recipient, though two workers run', async () => {
    const agency = await logIn(urlOf(0), 'snv.chuyenvien', PASSWORD);
    const { body } = await agency.get('/movements');
    const title = 'Phong trào qua hai máy';
    const id = await draftMovementOf(agency, String(body.items[0]?.['standingAgencyId']), { title });
    const chairman = await logIn(urlOf(1), 'chutich', PASSWORD);
    expect((await chairman.post(`/movements/${id}/events`, { type: 'LAUNCH' })).status).toBe(200);

    const { db } = database;
    const { rows } = await db.raw<{ rows: { email: string }[] }>(
      `select distinct email from offices join accounts on accounts.id = account_id
        where role in ('unitOfficer', 'unitLeader')`,
    );
    const recipients = rows.map(({ email }) => email);
    await waitFor('every mail to be marked', async () => {
      const waiting = await db('outbox').whereNull('done_at').select('id');
      const sent = await db('mails').where({ status: 'sent' }).select('id');
      return waiting.length === 0 && sent.length >= recipients.length;
    });
    // Ended in good order, they leave nothing half done that could follow.
    const ends = await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual(workers.map(() => [0, '']));
    const notices = mail.taken.filter(({ subject }) => subject.includes(title));
    expect(notices.map(({ to }) => to).sort()).toEqual(recipients.sort());
    expect(new Set(notices.map(({ messageId }) => messageId)).size).toBe(recipients.length);
    expect(await db('mails').whereNot({ status: 'sent' }).select()).toEqual([]);
  });

  test('the APIs outlive a lost database and find each other again', async () => {
    await database.breakConnections();
    for (const { program, url } of apis) {
      await waitFor('the API to be ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
      expect(program.child.exitCode).toBeNull();
    }
    await logOutAndAskOther('dakha.canbo');
    const ends = await Promise.all(apis.map(({ program }) => program.end('SIGTERM')));
    expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual(apis.map(() => [0, '']));
  });

  test('with secrets alone it is a real installation, whose first administrator comes by command', async () => {
    const real = await createEmptyDatabase();
    try {
      const ours = processesWith(real, {}, join(installation.folder, 'real'));
      expect(await ours.run('migrate')).toMatchObject({ code: 0, stderr: '' });
      const [api, worker] = await Promise.all([ours.startApi(), ours.startWorker()]);
      const words = [
        '--username',
        'quantri',
        '--name',
        'Người Quản Trị',
        '--email',
        'quantri@kontum.example',
      ];
      const command = ['node', 'dist/services/accounts/createAdministrator.main.js', ...words];
      const made = await ours.runIn('api', command, { ADMIN_PASSWORD: PASSWORD });
      expect(made).toMatchObject({ code: 0, stderr: '' });
      const administrator = await logIn(api.url, 'quantri', PASSWORD);
      expect((await administrator.get('/me')).body).toMatchObject({ offices: [{ role: 'administrator' }] });
      expect((await fetch(`${api.url}/inbox`)).status).toBe(404);
      for (const program of [api.program, worker]) {
        expect(await program.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      }
    } finally {
      await killPrograms();
      await real.close();
    }
  });
});
