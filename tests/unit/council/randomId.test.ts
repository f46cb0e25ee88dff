import { expect, test } from '@jest/globals';
import { validate, version } from 'uuid';
import { randomId } from '../../../services/council/randomId.ts';

test.each(['0'.repeat(32), 'f'.repeat(32), '0123456789abcdef0123456789abcdef'])(
  'random bytes %s become a UUIDv4',
  (hex) => {
    const id = randomId({ randomHex: () => hex });
    expect([validate(id), version(id)]).toEqual([true, 4]);
  },
);
