import type { Client, Reply } from '../testServer.ts';
import type { Built } from './needs.ts';
import type { Province } from './province.ts';
import type { Cell } from './table.ts';

/** Who asks what of which case. */
export interface Call {
  province: Province;
  client: Client;
  cell: Cell;
  /** The unit whose case it is. */
  owner: string;
  of: Built;
}

/** What a cell asks for, as a request. */
export interface Action {
  method: 'get' | 'post' | 'put';
  /** Below /api/v1, as in the API document. */
  path: string;
  /** What stands in the path besides the case's id. */
  params?: (call: Call) => Record<string, string>;
  query?: (call: Call) => string;
  body?: (call: Call) => unknown;
  /** Answers with a file, not with JSON. */
  isFile?: true;
}

/** Asks over HTTP; a fresh body each time. */
export async function ask(action: Action, call: Call): Promise<Reply> {
  const values: Record<string, string> = { id: call.of.id, ...action.params?.(call) };
  const path = action.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const url = `${path}${action.query?.(call) ?? ''}`;
  const { client } = call;
  if (action.isFile === true) return fetchFile(client, url);
  if (action.method === 'get') return client.get(url);
  return client[action.method](url, await action.body?.(call));
}

/** Of a file only the status counts; a refusal still says why. */
export async function fetchFile(client: Client, path: string): Promise<Reply> {
  const response = await client.fetch(path);
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const body = JSON.parse(isProblem ? text : '{}') as Reply['body'];
  return { status: response.status, headers: response.headers, body };
}
