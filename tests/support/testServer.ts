import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenForNotices } from '../../db/notices.ts';
import type { Log } from '../../services/ports.ts';
import { wireApi, type Wired } from '../../services/wire.ts';
import { createTestDatabase, type TestDatabase } from './testDatabase.ts';
import { TEST_PASSWORD } from './seedTemplate.ts';

/** The fields that answers of the API have in common, as a test reads them: one is there or the test fails. */
export interface ReplyBody {
  id: string;
  workflow: {
    name: string;
    version: number;
    state: string;
    revision: number;
    finished: boolean;
    allowedEvents: { type: string }[];
  };
  items: ReplyBody[];
  nextCursor: string | null;
  code: string;
  title: string;
  detail: string;
  status: number;
  errors: { pointer: string; message: string }[];
  missing: { fact: string }[];
  allowedEvents: { type: string }[];
  [field: string]: unknown;
}

/** An answer as a test sees it. */
export interface Reply {
  status: number;
  headers: Headers;
  body: ReplyBody;
}

/** A person at the API: a session of one demo account. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  delete(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** The answer as it came, for what is not JSON. */
  fetch(path: string): Promise<Response>;
}

export interface TestServer {
  url: string;
  /** The folder of this server's files. */
  dataDir: string;
  database: TestDatabase;
  wired: Wired;
  /** Logs in as a demo account (once; the session is kept). */
  as(username: string): Promise<Client>;
  anonymous: Client;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Where people reach it, as it believes. */
  publicUrl?: string;
  log?: Log;
}

/** The whole API on a database of its own, reached over real HTTP. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'sovang-test-data-'));
  const notices = await listenForNotices(database.appUrl);
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const wired = await wireApi({
    db: database.db,
    databaseUrl: database.appUrl,
    notices,
    config: { demo: true, publicUrl: options.publicUrl ?? 'http://127.0.0.1', trustProxy: 0, dataDir },
    secrets: { session: 's'.repeat(64), data: 'd'.repeat(64), signingKey: '' },
    log: options.log ?? silent,
  });
  const server = await listen(wired);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = new Map<string, Promise<Client>>();
  return {
    url,
    dataDir,
    database,
    wired,
    anonymous: client(url, {}),
    as: (username) => {
      const known = clients.get(username) ?? logIn(url, username);
      clients.set(username, known);
      return known;
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await notices.close();
      await wired.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function listen({ app }: Wired): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

/** Logs in at any server. Throws where it is refused. */
export async function logIn(url: string, username: string, password = TEST_PASSWORD): Promise<Client> {
  const reply = await client(url, {}).post('/session', { username, password });
  if (reply.status !== 201) throw new Error(`cannot log in as ${username}: ${JSON.stringify(reply.body)}`);
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return client(url, { Cookie: cookie });
}

/** Somebody at any server, with headers of their own. */
export function client(url: string, own: Record<string, string>): Client {
  const send = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      ...payloadOf(body, { ...own, ...headers }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text === '' ? '{}' : text) as ReplyBody,
    };
  };
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body ?? {}, headers),
    put: (path, body, headers) => send('PUT', path, body ?? {}, headers),
    patch: (path, body, headers) => send('PATCH', path, body ?? {}, headers),
    delete: (path, headers) => send('DELETE', path, undefined, headers),
    fetch: (path) => fetch(`${url}/api/v1${path}`, { headers: own }),
  };
}

/** A form is sent as it is, with the boundary that fetch chooses; anything else is JSON. */
function payloadOf(body: unknown, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers };
  if (body instanceof FormData) return { headers, body };
  return { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
