import { expect, test } from '@jest/globals';
import { pickServerUser } from '../../../../db/embedded/serverUser.ts';

const ROOT = 'root:x:0:0:root:/root:/bin/bash';
const NOBODY = 'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin';
const POSTGRES = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash';

test('postgres is taken before nobody, wherever it stands', () => {
  expect(pickServerUser([ROOT, NOBODY, POSTGRES].join('\n'))).toEqual({ uid: 101, gid: 104 });
});

test('nobody is taken where there is no postgres', () => {
  expect(pickServerUser([ROOT, NOBODY, ''].join('\n'))).toEqual({ uid: 65534, gid: 65533 });
});

test('an account that is root under another name is not taken', () => {
  expect(pickServerUser(['postgres:x:0:0::/:/bin/sh', NOBODY].join('\n'))).toEqual({
    uid: 65534,
    gid: 65533,
  });
});

test('with neither, people are told to run as an ordinary user', () => {
  expect(() => pickServerUser(ROOT)).toThrow('ordinary user');
});
