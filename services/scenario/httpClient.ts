import { createHash } from 'node:crypto';
import { Refused, Unreachable } from './failures.ts';

/** A request of the scenario. Sent again after a broken connection, it is the same request to the server. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Below /api/v1. */
  path: string;
  body?: unknown;
  /** A file, sent as a form; instead of `body`. */
  upload?: { name: string; content: Uint8Array<ArrayBuffer> };
}

/** An answer of status 2xx, with who asked. */
export interface HttpAnswer extends HttpRequest {
  username: string;
  status: number;
  answer: unknown;
}

/** What a caller may put around the requests; a test of crashes sets all of it. */
export interface HttpOptions {
  baseUrl: string;
  fetch?: typeof fetch;
  /** Asked when a connection broke. It resolves when the request is to be sent again; unset: the play ends there. */
  whenBroken?: (request: HttpRequest, error: unknown, attempt: number) => Promise<void>;
  /** Told of every success before the play goes on: what was acknowledged. */
  acknowledged?: (answer: HttpAnswer) => void;
}

/** Whose request it is: the cookie of a session, and the name under which its idempotency keys are made. */
export interface Sender {
  username: string;
  cookie: string | null;
}

export interface HttpClient {
  /** Answers the body of a success and its headers. Throws Refused with the problem document, or Unreachable. */
  send(sender: Sender, request: HttpRequest): Promise<{ body: unknown; headers: Headers }>;
}

const LONGEST_ANSWER_MS = 60_000;

/**
 * Sends requests with an idempotency key that the request itself gives: the n-th request of one person with the same
 * method, path and body has the same key in every run of one `season`. A step that is repeated after a crash is then
 * the same step.
 */
export function createHttpClient(options: HttpOptions, season: () => string): HttpClient {
  const sentBefore = new Map<string, number>();
  const nextKey = ({ username }: Sender, request: HttpRequest): string => {
    const what = fingerprint(username, request);
    const times = sentBefore.get(what) ?? 0;
    sentBefore.set(what, times + 1);
    return `scenario-${season()}-${what}-${times}`;
  };
  return {
    async send(sender, request) {
      const key = request.method === 'GET' ? null : nextKey(sender, request);
      const response = await untilAnswered(options, sender, request, key);
      const text = response.text;
      const body: unknown = text === '' ? null : parsed(text);
      if (response.status >= 300) throw new Refused(sender.username, request, { ...response, body });
      options.acknowledged?.({
        ...request,
        username: sender.username,
        status: response.status,
        answer: body,
      });
      return { body, headers: response.headers };
    },
  };
}

function fingerprint(username: string, { method, path, body, upload }: HttpRequest): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([username, method, path, body ?? null, upload?.name ?? null]));
  if (upload !== undefined) hash.update(upload.content);
  return hash.digest('hex').slice(0, 40);
}

interface Received {
  status: number;
  headers: Headers;
  text: string;
  /** Which try was answered, from 1. */
  attempt: number;
}

async function untilAnswered(
  options: HttpOptions,
  sender: Sender,
  request: HttpRequest,
  key: string | null,
): Promise<Received> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { ...(await sendOnce(options, sender, request, key)), attempt };
    } catch (error) {
      if (options.whenBroken === undefined) throw new Unreachable(request, error);
      await options.whenBroken(request, error, attempt);
    }
  }
}

async function sendOnce(
  { baseUrl, fetch: send = fetch }: HttpOptions,
  { cookie }: Sender,
  { method, path, body, upload }: HttpRequest,
  key: string | null,
): Promise<Omit<Received, 'attempt'>> {
  const response = await send(`${baseUrl}/api/v1${path}`, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    headers: {
      'accept-language': 'vi',
      ...(cookie !== null && { cookie }),
      ...(key !== null && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(upload !== undefined && { body: formOf(upload) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function formOf({ name, content }: { name: string; content: Uint8Array<ArrayBuffer> }): FormData {
  const form = new FormData();
  form.append('file', new Blob([content], { type: 'application/pdf' }), name);
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
