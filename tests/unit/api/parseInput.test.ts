import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseInput } from '../../../services/api/parseInput.ts';
import { InvalidInput } from '../../../services/errors.ts';

/** Every problem, as its place and its Vietnamese sentence. */
function problems(schema: z.ZodType, value: unknown, place: 'body' | 'query' = 'body') {
  try {
    parseInput(schema, value, place);
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.problems.map(({ pointer, message }) => [pointer, message.vi]);
    }
    throw error;
  }
  return [];
}

describe('an input', () => {
  test('is answered with all that is wrong with it at once, each with its place', () => {
    const schema = z.strictObject({
      title: z.string().trim().min(1).max(5),
      year: z.int().min(1990),
      lines: z.array(z.strictObject({ 'a/b': z.enum(['x', 'y']) })).min(1),
      on: z.iso.date(),
    });
    const wrong = { title: ' ', year: 'nay', lines: [{ 'a/b': 'z' }], on: '02/01/2018', more: 1 };
    expect(problems(schema, wrong)).toEqual([
      ['/title', 'Không được để trống.'],
      ['/year', 'Sai kiểu dữ liệu, cần số.'],
      ['/lines/0/a~1b', 'Chỉ nhận một trong: x, y.'],
      ['/on', 'Cần một ngày có thật, dạng năm-tháng-ngày.'],
      ['/more', 'Trường không có trong biểu mẫu.'],
    ]);
    expect(problems(schema, undefined).map(([pointer]) => pointer)).toEqual([
      '/title',
      '/year',
      '/lines',
      '/on',
    ]);
  });

  test('in the address is named by its parameter', () => {
    const schema = z.object({ limit: z.coerce.number().int().max(200) });
    expect(problems(schema, { limit: '201' }, 'query')).toEqual([['limit', 'Không lớn hơn 200.']]);
  });

  test.each([
    ['a zero character', { a: ['tốt', 'xấu\0'] }, '/a/1'],
    ['half a surrogate pair', { a: { 'b~': '\ud83d' } }, '/a/b~0'],
    ['a field whose name is broken', { a: { '\0': 1 } }, '/a'],
  ])('with %s is refused, since no table could keep it', (_what, body, pointer) => {
    expect(problems(z.looseObject({}), body)).toEqual([[pointer, 'Có ký tự không hợp lệ.']]);
  });

  test('may hold any whole character', () => {
    expect(problems(z.looseObject({}), { a: 'Đắk Glei 😀 \u200b' })).toEqual([]);
  });

  test('is brought into one Unicode form, deep in lists and groups too', () => {
    const typed = { name: 'Hằng'.normalize('NFD'), lines: [{ note: 'được'.normalize('NFD') }] };
    expect(parseInput(z.looseObject({}), typed, 'body')).toEqual({ name: 'Hằng', lines: [{ note: 'được' }] });
  });

  test('that nests without end is refused like any other', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(problems(z.strictObject({}), { deep })).toEqual([['/deep', 'Trường không có trong biểu mẫu.']]);
  });
});
