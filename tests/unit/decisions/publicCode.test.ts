import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { PUBLIC_CODE, toPublicCode } from '../../../services/decisions/publicCode.ts';

/** RFC 4648 base32 to hexadecimal, by the book. */
function decode(code: string): string {
  const bits = Array.from(code, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return bytes.map((byte) => parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
}

describe('a public code', () => {
  test('is base32 as RFC 4648 writes it', () => {
    expect(toPublicCode(Buffer.from('foobarfoobarfoob').toString('hex'))).toBe('MZXW6YTBOJTG633CMFZGM33PMI');
    expect(toPublicCode('00'.repeat(16))).toBe('A'.repeat(26));
    expect(toPublicCode('ff'.repeat(16))).toBe(`${'7'.repeat(25)}4`);
  });

  test('keeps all 128 bits', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const hex = randomBytes(16).toString('hex');
      expect(toPublicCode(hex)).toMatch(PUBLIC_CODE);
      expect(decode(toPublicCode(hex))).toBe(hex);
    }
  });
});
