// Transitions per second through the whole HTTP API (session, role, schema, machine, history, outbox, deadline) at
// 32 connections, beside bare Express with one statement of the same kind; rounds of both in turn.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/db/embedded/startEmbeddedPostgres.js';
import { median } from './median.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CONNECTIONS = 32;
// Even, so that every connection leaves its registration as it found it: submitted and returned.
const REQUESTS_PER_CONNECTION = 150;
const ROUNDS = 5;
const HELD_TO = 0.5;

export async function run() {
  const dataDir = await mkdtemp(join(tmpdir(), 'sovang-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, database: 'sovang', log: () => undefined });
  const environment = {
    ...process.env,
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    DATA_DIR: dataDir,
    DEMO: '1',
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  };
  delete environment.REDIS_URL;
  delete environment.SMTP_URL;
  const servers = [];
  try {
    await finished(join(here, '../dist/services/process/prepare.main.js'), environment);
    const product = await serve(join(here, '../dist/services/api/main.js'), { ...environment, PORT: '3981' });
    const bare = await serve(join(here, 'bareExpress.mjs'), {
      ...environment,
      PORT: '3982',
      DATABASE_URL: postgres.ownerUrl,
    });
    servers.push(product, bare);
    const cases = await draftRegistrations('http://127.0.0.1:3981/api/v1', postgres.adminUrl, CONNECTIONS);

    const ours = [];
    const peer = [];
    await measure('http://127.0.0.1:3981', cases);
    await measure('http://127.0.0.1:3982', bareRequests());
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await measure('http://127.0.0.1:3981', cases));
      peer.push(await measure('http://127.0.0.1:3982', bareRequests()));
    }
    const ratio = median(ours.map((value, index) => value / peer[index]));
    return [
      {
        bench: 'door',
        unit: 'transitions/s',
        connections: CONNECTIONS,
        ours: Math.round(median(ours)),
        peer: Math.round(median(peer)),
        peerIs: 'Express with one compare-and-set, history and outbox statement',
        ratio: Number(ratio.toFixed(3)),
        heldTo: HELD_TO,
        held: ratio >= HELD_TO,
      },
    ];
  } finally {
    for (const server of servers) server.kill('SIGTERM');
    await Promise.all(servers.map((server) => (server.exitCode === null ? once(server, 'exit') : null)));
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function finished(program, env) {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}

async function serve(program, env) {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${env.PORT}/health/ready`).catch(() => null);
    if (answer?.status === 200) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${program} does not answer`);
}

/** One registration for each connection, which it then submits and returns in turn, as two people. */
async function draftRegistrations(api, adminUrl, count) {
  const [officer, leader, agency, chairman] = await Promise.all(
    ['dakglei.canbo', 'dakglei.lanhdao', 'snv.chuyenvien', 'chutich'].map((username) => logIn(api, username)),
  );
  const me = await call(api, officer, 'GET', '/me');
  const { unitId } = me.offices[0];
  const target = {
    indicator: 'x',
    place: 'x',
    measure: '%',
    direction: 'decrease',
    low: '1',
    high: '2',
    source: 'x',
  };
  const requests = [];
  for (let index = 0; index < count; index += 1) {
    const movement = await call(api, agency, 'POST', '/movements', {
      title: `Phong trào ${index}`,
      kind: 'thematic',
      planNumber: '1',
      planDate: '2018-01-02',
      issuer: 'x',
      theme: 'x',
      goal: 'x',
      periodFrom: 2018,
      periodTo: 2020,
      standingAgencyId: unitId,
      focalAgencyId: unitId,
      targets: [target],
      contents: [{ text: 'x', groups: ['x'] }],
    });
    await call(api, chairman, 'POST', `/movements/${movement.id}/events`, { type: 'LAUNCH' });
    const registration = await call(api, officer, 'POST', '/registrations', {
      movementId: movement.id,
      unitId,
      year: 2018,
      pledge: 'Thi đua',
      targets: [{ indicator: 'Giảm hộ nghèo', value: '3.5', measure: '%' }],
      awardCodes: [],
    });
    const path = `/api/v1/registrations/${registration.id}/events`;
    requests.push([
      post(path, leader, { type: 'SUBMIT' }),
      post(path, agency, { type: 'RETURN', reason: 'Bổ sung' }),
    ]);
  }
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('checkpoint');
  await admin.end();
  return requests;
}

function bareRequests() {
  return Array.from({ length: CONNECTIONS }, (_, index) => [
    post('/step', '', { id: index + 1, type: 'SUBMIT', reason: 'x' }),
    post('/step', '', { id: index + 1, type: 'RETURN', reason: 'x' }),
  ]);
}

function post(path, cookie, body) {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
    body: JSON.stringify(body),
  };
}

/** Requests per second until the last answer: autocannon itself ends only on a whole second. */
async function measure(url, perConnection) {
  let next = 0;
  const started = performance.now();
  let last = started;
  const running = autocannon({
    url,
    connections: CONNECTIONS,
    amount: CONNECTIONS * REQUESTS_PER_CONNECTION,
    setupClient(client) {
      client.setRequests(perConnection[next % perConnection.length]);
      next += 1;
    },
  });
  running.on('response', () => {
    last = performance.now();
  });
  const result = await running;
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${url}: ${refused} of ${result.requests.total} requests failed`);
  return (result['2xx'] * 1000) / (last - started);
}

async function logIn(api, username) {
  const answer = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'KonTum@2736' }),
  });
  if (answer.status !== 201) throw new Error(`cannot log in as ${username}: ${answer.status}`);
  return answer.headers.get('set-cookie').split(';')[0];
}

async function call(api, cookie, method, path, body) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { cookie, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
