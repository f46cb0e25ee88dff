import type { Request, Response } from 'express';
import { DATE_OUT_OF_RANGE, isRefusal, NUMBER_OUT_OF_RANGE } from '../../db/errors.ts';
import { EventNotAllowed } from '../../workflows/workflow.ts';
import {
  Forbidden,
  InvalidInput,
  NotAllowedNow,
  NotReady,
  StaleRevision,
  type InputProblem,
  type Text,
} from '../errors.ts';

/** Every code that the API answers with: its status, and its title in both languages. */
export const PROBLEMS = {
  unauthenticated: problem(401, 'Chưa đăng nhập', 'Not logged in'),
  'wrong-credentials': problem(401, 'Sai tên đăng nhập hoặc mật khẩu', 'Wrong username or password'),
  'account-locked': problem(401, 'Tài khoản đang bị khóa', 'The account is locked'),
  'too-many-attempts': problem(429, 'Đăng nhập sai quá nhiều lần', 'Too many log-in attempts'),
  'not-found': problem(404, 'Không tìm thấy', 'Not found'),
  'method-not-allowed': problem(405, 'Địa chỉ này không nhận thao tác đó', 'Method not allowed'),
  'unsupported-media-type': problem(415, 'Nội dung gửi lên phải là JSON', 'The body must be JSON'),
  'malformed-json': problem(422, 'Nội dung gửi lên không phải JSON', 'The body is not JSON'),
  'too-large': problem(413, 'Nội dung gửi lên quá lớn', 'The body is too large'),
  'invalid-input': problem(422, 'Dữ liệu chưa hợp lệ', 'Invalid input'),
  'unsupported-file': problem(422, 'Loại tệp không được nhận', 'This type of file is not accepted'),
  'idempotency-key-reused': problem(
    422,
    'Khóa chống gửi trùng đã dùng cho nội dung khác',
    'The idempotency key was used with another body',
  ),
  forbidden: problem(403, 'Không có thẩm quyền', 'Not permitted'),
  'foreign-origin': problem(403, 'Yêu cầu đến từ trang khác', 'The request comes from a foreign page'),
  'stale-revision': problem(412, 'Hồ sơ đã thay đổi', 'The case has changed'),
  'event-not-allowed': problem(409, 'Chưa thực hiện được ở bước này', 'Not allowed in this state'),
  'wrong-state': problem(409, 'Chưa thực hiện được ở bước này', 'Not allowed in this state'),
  conflict: problem(409, 'Xung đột với dữ liệu đang có', 'Conflicts with what is there'),
  'no-rule-in-force': problem(
    409,
    'Chưa có quy định áp dụng cho ngày này',
    'No rule is in force on this day',
  ),
  'not-ready': problem(503, 'Hệ thống chưa sẵn sàng', 'Not ready'),
  'internal-error': problem(500, 'Lỗi hệ thống', 'Internal error'),
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
export type Language = 'vi' | 'en';

function problem(status: number, vi: string, en: string) {
  return { status, title: { vi, en } };
}

/** A problem document of RFC 9457, as it is sent. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ProblemCode;
  errors?: { pointer: string; message: string }[];
  [extension: string]: unknown;
}

/** The problem that an error is, with what the caller may know of it. Null: a fault of ours, a 500. */
interface Known {
  code: ProblemCode;
  detail: Text | null;
  errors?: readonly InputProblem[];
  extensions?: Record<string, unknown>;
}

/** Refusals of the machine carry labels and offers that only the route knows; it adds them as `extensions`. */
export class RefusedEvent extends Error {
  override readonly name = 'RefusedEvent';
  readonly detail: Text;
  readonly extensions: Record<string, unknown>;
  constructor(detail: Text, extensions: Record<string, unknown>) {
    super('event not allowed');
    this.detail = detail;
    this.extensions = extensions;
  }
}

/** Turns any error into a problem document in the caller's language. */
export function toProblem(error: unknown, instance: string, language: Language): ProblemDocument {
  const { code, detail, errors, extensions } = known(error);
  const { status, title } = PROBLEMS[code];
  return {
    type: `urn:so-vang:problem:${code}`,
    title: title[language],
    status,
    detail: (detail ?? title)[language],
    instance,
    code,
    ...(errors && {
      errors: errors.map(({ pointer, message }) => ({ pointer, message: message[language] })),
    }),
    ...extensions,
  };
}

function known(error: unknown): Known {
  if (error instanceof RefusedEvent) {
    return { code: 'event-not-allowed', detail: error.detail, extensions: error.extensions };
  }
  if (error instanceof EventNotAllowed) {
    return { code: 'event-not-allowed', detail: null, extensions: { missing: error.missing } };
  }
  if (error instanceof InvalidInput)
    return { code: 'invalid-input', detail: summary(error), errors: error.problems };
  if (error instanceof Forbidden) return { code: 'forbidden', detail: error.reason };
  if (error instanceof NotAllowedNow) return { code: codeOf(error) ?? 'conflict', detail: error.reason };
  if (error instanceof NotReady) return { code: 'not-ready', detail: error.reason };
  if (error instanceof StaleRevision) {
    return {
      code: 'stale-revision',
      detail: {
        vi: `Hồ sơ đã được người khác cập nhật (lần ${error.revision}). Hãy tải lại rồi làm tiếp.`,
        en: `Somebody else has changed it (revision ${error.revision}). Reload and try again.`,
      },
    };
  }
  if (isOutOfRange(error)) return { code: 'invalid-input', detail: null, errors: [OUT_OF_RANGE] };
  const code = httpError(error) ?? codeOf(error) ?? 'internal-error';
  return { code, detail: codeOf(error) === null ? null : reasonOf(error) };
}

/** The sentence for people that an error with a code of ours may carry. */
function reasonOf(error: unknown): Text | null {
  const { reason } = error as { reason?: Partial<Text> | null };
  const { vi, en } = reason ?? {};
  return typeof vi === 'string' && typeof en === 'string' ? { vi, en } : null;
}

function summary({ problems }: InvalidInput): Text {
  return { vi: `Có ${problems.length} chỗ chưa hợp lệ.`, en: `${problems.length} place(s) are not valid.` };
}

/** What Express and body-parser say: an address that cannot be decoded, a body that cannot be read. */
function httpError(error: unknown): ProblemCode | null {
  const { type, name, code } = (error ?? {}) as { type?: unknown; name?: unknown; code?: unknown };
  if (name === 'URIError') return 'not-found';
  // A body that says it is compressed, and is not.
  if (typeof code === 'string' && /^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/.test(code)) return 'malformed-json';
  if (typeof type !== 'string') return null;
  if (type === 'entity.too.large') return 'too-large';
  if (type.startsWith('encoding.') || type.startsWith('charset.')) return 'unsupported-media-type';
  return type.startsWith('entity.') || type.startsWith('request.') ? 'malformed-json' : null;
}

/** A number or a date that no column can hold: its shape was right, so no schema refused it. */
function isOutOfRange(error: unknown): boolean {
  return isRefusal(error, NUMBER_OUT_OF_RANGE) || isRefusal(error, DATE_OUT_OF_RANGE);
}

/** The database does not say which: the pointer is that of the whole. */
const OUT_OF_RANGE: InputProblem = {
  pointer: '',
  message: { vi: 'Có số hoặc ngày nằm ngoài phạm vi.', en: 'A number or a date is out of range.' },
};

function codeOf(error: unknown): ProblemCode | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : null;
}

/** The language that the caller likes better; Vietnamese where none is named or both are liked alike. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
}

/** Sends a problem document in its language. */
export function sendProblem(response: Response, document: ProblemDocument, language: Language): void {
  response.setHeader('Content-Language', language);
  response.setHeader('Cache-Control', 'no-store');
  // Without this a browser would ask for a password of its own.
  if (document.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="so-vang"');
  response.vary('Accept-Language');
  response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
}
