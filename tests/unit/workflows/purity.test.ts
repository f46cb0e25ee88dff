import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../workflows', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

test('no file in workflows/ imports anything but xstate, zod and its neighbours', () => {
  expect(files).toContain(join('nomination', 'v1.ts'));
  const foreign = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const imports = [
      ...source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"]+)['"]/g),
    ];
    return imports
      .map(([, name = '']) => name)
      .filter((name) => {
        if (name === 'xstate' || name === 'zod') return false;
        return !name.startsWith('.') || relative(root, join(root, dirname(file), name)).startsWith('..');
      })
      .map((name) => `${file}: ${name}`);
  });
  expect(foreign).toEqual([]);
});

test('no file in workflows/ reads a clock, makes chance, or logs', () => {
  const impure = files.filter((file) =>
    /\b(Date\.now|new Date|Math\.random|performance\.|crypto\.|process\.|console\.|setTimeout|fetch\()/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  expect(impure).toEqual([]);
});

test('machines invoke nothing, delay nothing, and act on transitions only', () => {
  const machines = files.filter((file) => /v\d+\.ts$/.test(file));
  const banned = machines.filter((file) =>
    /^\s*(invoke|after|always|entry|exit|history|spawn\w*):/m.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(banned).toEqual([]);
});
