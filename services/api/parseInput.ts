import type { z } from 'zod';
import { InvalidInput, type InputProblem, type Text } from '../errors.ts';

type Place = 'params' | 'query' | 'body';
type Issue = z.core.$ZodIssue;

/**
 * Parses an input with its schema; undefined without one. Texts are brought into one Unicode form (NFC) in the value
 * itself, so that a name typed on another keyboard is the same name. Throws InvalidInput with every problem at once:
 * body problems carry a JSON pointer, the others their parameter's name.
 */
export function parseInput(schema: z.ZodType | undefined, value: unknown, place: Place): unknown {
  if (schema === undefined) return undefined;
  const broken = composeTexts(value, place);
  if (broken.length > 0) throw new InvalidInput(broken);
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.flatMap((issue) => problemsOf(issue, place)));
}

/** A zero character or half of a surrogate pair: valid JSON, but no text that PostgreSQL could keep. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Composes every text in place; answers every text, and every name of a field, that could not be kept. Not recursive:
 * a body may nest without end.
 */
function composeTexts(value: unknown, place: Place): InputProblem[] {
  const problems: InputProblem[] = [];
  const waiting = [{ value, pointer: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: each, pointer } = next;
    if (typeof each === 'string' && UNSTORABLE.test(each)) problems.push({ pointer, message: BROKEN_TEXT });
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, part] of Object.entries(each)) {
      waiting.push({ value: part, pointer: place === 'body' ? `${pointer}/${escaped(key)}` : key });
      if (typeof part === 'string') (each as Record<string, unknown>)[key] = part.normalize('NFC');
      if (UNSTORABLE.test(key)) problems.push({ pointer, message: BROKEN_TEXT });
    }
  }
  return problems;
}

const BROKEN_TEXT: Text = {
  vi: 'Có ký tự không hợp lệ.',
  en: 'Holds a character that is not valid text.',
};

function problemsOf(issue: Issue, place: Place): InputProblem[] {
  const paths =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ pointer: pointerTo(path, place), message: messageFor(issue) }));
}

function pointerTo(path: readonly PropertyKey[], place: Place): string {
  const steps = path.map((step) => escaped(String(step)));
  return place === 'body' ? steps.map((step) => `/${step}`).join('') : steps.join('.');
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What is wrong, in words for people: zod's own Vietnamese is not fit for an official. */
function messageFor(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { vi: 'Bắt buộc nhập.', en: 'Required.' }
        : {
            vi: `Sai kiểu dữ liệu, cần ${TYPES_VI[issue.expected] ?? issue.expected}.`,
            en: `Expected ${issue.expected}.`,
          };
    case 'too_small':
      return tooSmall(issue.origin, String(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, String(issue.maximum));
    case 'unrecognized_keys':
      return { vi: 'Trường không có trong biểu mẫu.', en: 'Unknown field.' };
    case 'invalid_value':
      return {
        vi: `Chỉ nhận một trong: ${issue.values.map(String).join(', ')}.`,
        en: `Must be one of: ${issue.values.map(String).join(', ')}.`,
      };
    case 'invalid_format':
      return {
        vi: `Cần ${FORMATS_VI[issue.format] ?? 'đúng mẫu'}.`,
        en: `Not a valid ${FORMATS_EN[issue.format] ?? issue.format}.`,
      };
    case 'custom':
      return { vi: issue.message, en: String(issue.params?.['en'] ?? issue.message) };
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return { vi: 'Giá trị không hợp lệ.', en: issue.message };
  }
}

const FORMATS_VI: Record<string, string> = {
  date: 'một ngày có thật, dạng năm-tháng-ngày',
  datetime: 'thời điểm dạng năm-tháng-ngày giờ phút giây (RFC 3339)',
  email: 'địa chỉ thư điện tử',
  uuid: 'mã định danh (UUID)',
};

const FORMATS_EN: Record<string, string> = {
  date: 'date (YYYY-MM-DD)',
  datetime: 'time (RFC 3339)',
  email: 'e-mail address',
  uuid: 'UUID',
  regex: 'form of this field',
};

const TYPES_VI: Record<string, string> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  boolean: 'đúng/sai',
  array: 'danh sách',
  object: 'nhóm trường',
};

function tooSmall(origin: string, minimum: string): Text {
  if (origin === 'string')
    return minimum === '1'
      ? { vi: 'Không được để trống.', en: 'Must not be empty.' }
      : { vi: `Cần ít nhất ${minimum} ký tự.`, en: `At least ${minimum} characters.` };
  if (origin === 'array') return { vi: `Cần ít nhất ${minimum} mục.`, en: `At least ${minimum} item(s).` };
  return { vi: `Không nhỏ hơn ${minimum}.`, en: `Not less than ${minimum}.` };
}

function tooBig(origin: string, maximum: string): Text {
  if (origin === 'string') return { vi: `Không quá ${maximum} ký tự.`, en: `At most ${maximum} characters.` };
  if (origin === 'array') return { vi: `Không quá ${maximum} mục.`, en: `At most ${maximum} item(s).` };
  return { vi: `Không lớn hơn ${maximum}.`, en: `Not more than ${maximum}.` };
}
