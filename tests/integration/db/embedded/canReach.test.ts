import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach } from '../../../../db/embedded/canReach.ts';

const STRANGER = { uid: 54321, gid: 54321 };
let folder = '';
let program = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sovang-test-'));
  program = join(folder, 'bin', 'program');
  await mkdir(join(folder, 'bin'));
  await writeFile(program, '');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each([
  { parent: 0o755, file: 0o755, reached: true },
  { parent: 0o711, file: 0o755, reached: true },
  { parent: 0o700, file: 0o755, reached: false },
  { parent: 0o755, file: 0o700, reached: false },
  { parent: 0o755, file: 0o744, reached: false },
  { parent: 0o755, file: 0o644, reached: true },
  { parent: 0o755, file: 0o600, reached: false },
])('a stranger and a file of $file in a folder of $parent: $reached', async ({ parent, file, reached }) => {
  await chmod(folder, parent);
  await chmod(join(folder, 'bin'), 0o755);
  await chmod(program, file);
  expect(await canReach(program, STRANGER)).toBe(reached);
});
