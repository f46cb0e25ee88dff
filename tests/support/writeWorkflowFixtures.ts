// Run by hand after adding a workflow or a version; see workflows/README.md. What is there is never overwritten.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { all } from '../../workflows/registry.ts';
import { frozenFile, outcomes, readJson, snapshotsFile, type GoldenState } from './workflowFixtures.ts';
import { machineHash, shortestPaths, walk } from './workflowPaths.ts';

test('writes the fixtures that are missing', () => {
  mkdirSync(dirname(frozenFile), { recursive: true });
  const frozen = existsSync(frozenFile) ? (readJson(frozenFile) as Record<string, string>) : {};
  for (const definition of all()) {
    frozen[`${definition.name}.v${definition.version}`] ??= machineHash(definition);
    const file = snapshotsFile(definition);
    if (existsSync(file)) continue;
    const paths = shortestPaths(definition);
    const states = Object.keys(definition.states).map((name): [string, GoldenState] => {
      const path = paths.get(name);
      if (!path) throw new Error(`No way into ${definition.name} ${name}`);
      const snapshot = walk(definition, path);
      return [name, { snapshot, steps: outcomes(definition, snapshot) }];
    });
    write(file, Object.fromEntries(states));
  }
  write(frozenFile, frozen);
  expect(existsSync(frozenFile)).toBe(true);
});

function write(file: string, value: unknown) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
