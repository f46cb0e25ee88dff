import { z } from 'zod';
import type { HttpRequest } from './httpClient.ts';

/** A problem document (RFC 9457), as far as the scenario reads it. */
export const problemSchema = z.looseObject({
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  missing: z.array(z.looseObject({ fact: z.string() })).optional(),
  allowedEvents: z.array(z.looseObject({ type: z.string() })).optional(),
});
export type Problem = z.output<typeof problemSchema>;

/** The server refused a request. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly request: HttpRequest;
  readonly status: number;
  readonly answer: unknown;
  /** The request had been sent before, and the connection broke: it may have been done already. */
  readonly repeated: boolean;
  constructor(
    username: string,
    request: HttpRequest,
    { status, body, attempt }: { status: number; body: unknown; attempt: number },
  ) {
    super(`${username}: ${request.method} ${request.path} → ${status}`);
    this.request = request;
    this.status = status;
    this.answer = body;
    this.repeated = attempt > 1;
  }

  /** The problem document. Throws this error itself where the answer is none. */
  problem(): Problem {
    const parsed = problemSchema.safeParse(this.answer);
    if (!parsed.success) throw this;
    return parsed.data;
  }
}

/** The server did not answer, or what it answered cannot be read. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly request: HttpRequest;
  constructor(request: HttpRequest, cause: unknown) {
    super(`${request.method} ${request.path}: ${causeOf(cause)}`, { cause });
    this.request = request;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** Something is not as the year's story needs it. `seen` is what was there instead. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly seen: unknown;
  constructor(message: string, seen: unknown = null) {
    super(message);
    this.seen = seen;
  }
}

/** Throws Unexpected unless `holds`. */
export function expect(holds: boolean, message: string, seen?: unknown): asserts holds {
  if (!holds) throw new Unexpected(message, seen);
}

/** Throws Unexpected unless both are the same as JSON. */
export function expectSame(actual: unknown, wanted: unknown, message: string): void {
  if (JSON.stringify(actual) === JSON.stringify(wanted)) return;
  throw new Unexpected(message, { có: actual, cần: wanted });
}

/** What went wrong in words: the error with its request and what the server said. */
export function describeFailure(error: unknown): string {
  if (error instanceof Refused) {
    const { method, path, body } = error.request;
    const sent = body === undefined ? '' : `\n  Nội dung gửi: ${JSON.stringify(body)}`;
    return `${error.message}\n  Yêu cầu: ${method} ${path}${sent}\n  Trả lời: ${JSON.stringify(error.answer, null, 2)}`;
  }
  if (error instanceof Unexpected && error.seen !== null && error.seen !== undefined) {
    return `${error.message}\n  ${JSON.stringify(error.seen, null, 2)}`;
  }
  return error instanceof Error ? error.message : String(error);
}
