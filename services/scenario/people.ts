import { z } from 'zod';
import { Refused, Unexpected, type Problem } from './failures.ts';
import type { HttpClient, HttpRequest, Sender } from './httpClient.ts';

const meSchema = z.object({
  username: z.string(),
  offices: z.array(z.object({ role: z.string(), unitId: z.uuid().nullable(), title: z.string() })).min(1),
  clusters: z.array(
    z.object({ clusterId: z.uuid(), unitId: z.uuid(), position: z.enum(['lead', 'deputy', 'member']) }),
  ),
  today: z.iso.date(),
});

/** Somebody who is logged in. Paths are below /api/v1; answers are parsed with the schema. */
export interface Person {
  username: string;
  /** The title of their office. */
  title: string;
  me: z.output<typeof meSchema>;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  /** Uploads a file and answers its id. */
  upload(name: string, content: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Sends what must be refused with this status and code, and answers the problem. Throws where it is not. */
  refused(request: HttpRequest, status: number, code: string): Promise<Problem>;
}

/** The accounts of the demo; each is logged in when first asked for. */
export type People = (username: string) => Promise<Person>;

/** Logs people in with the one password of the demo accounts. */
export function createPeople(http: HttpClient, password: string): People {
  const known = new Map<string, Promise<Person>>();
  return (username) => {
    const there = known.get(username) ?? logIn(http, username, password);
    known.set(username, there);
    return there;
  };
}

async function logIn(http: HttpClient, username: string, password: string): Promise<Person> {
  const credentials = { username, password };
  const nobody: Sender = { username, cookie: null };
  const { body, headers } = await http.send(nobody, { method: 'POST', path: '/session', body: credentials });
  const cookie = headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Unexpected(`Đăng nhập ${username} không có cookie`);
  return personOf(http, { username, cookie }, meSchema.parse(body));
}

function personOf(http: HttpClient, sender: Sender, me: z.output<typeof meSchema>): Person {
  const ask = async <T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> => {
    const { body } = await http.send(sender, request);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new Unexpected(`${request.method} ${request.path} trả lời khác dạng cần có`, {
      problems: parsed.error.issues,
      answer: body,
    });
  };
  return {
    username: sender.username,
    title: me.offices[0]?.title ?? sender.username,
    me,
    get: (path, schema) => ask({ method: 'GET', path }, schema),
    post: (path, body, schema) => ask({ method: 'POST', path, body }, schema),
    put: (path, body, schema) => ask({ method: 'PUT', path, body }, schema),
    async upload(name, content) {
      const file = await ask(
        { method: 'POST', path: '/files', upload: { name, content } },
        z.looseObject({ id: z.uuid() }),
      );
      return file.id;
    },
    refused: (request, status, code) => refusal(http, sender, request, { status, code }),
  };
}

async function refusal(
  http: HttpClient,
  sender: Sender,
  request: HttpRequest,
  wanted: { status: number; code: string },
): Promise<Problem> {
  try {
    const { body } = await http.send(sender, request);
    const what = `${sender.username}: ${request.method} ${request.path}`;
    throw new Unexpected(`${what} được nhận, lẽ ra phải bị từ chối (${wanted.status} ${wanted.code})`, body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const problem = error.problem();
    if (problem.status !== wanted.status || problem.code !== wanted.code) throw error;
    return problem;
  }
}

/** Every item of a list, page by page. */
export async function allItems<T>(person: Person, path: string, item: z.ZodType<T>): Promise<T[]> {
  const page = z.looseObject({ items: z.array(item), nextCursor: z.string().nullable() });
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`;
    const from: string = `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`;
    const answer: z.output<typeof page> = await person.get(from, page);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return items;
}
