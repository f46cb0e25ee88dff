import { describe, expect, test } from '@jest/globals';
import { all } from '../../../workflows/registry.ts';
import { restore } from '../../../workflows/workflow.ts';
import {
  frozenFile,
  outcomes,
  readJson,
  snapshotsFile,
  type GoldenState,
} from '../../support/workflowFixtures.ts';
import { machineHash } from '../../support/workflowPaths.ts';

const versions = all().map(
  (definition) => [`${definition.name}.v${definition.version}`, definition] as const,
);

describe.each(versions)('%s', (name, definition) => {
  const golden = readJson(snapshotsFile(definition)) as Record<string, GoldenState>;

  test('the fixtures hold a snapshot of every state', () => {
    expect(Object.keys(golden)).toEqual(Object.keys(definition.states));
  });

  test.each(Object.entries(golden))('a case stored in %s goes on as it did', (state, { snapshot, steps }) => {
    expect(restore(definition, snapshot).value).toBe(state);
    expect(outcomes(definition, snapshot)).toEqual(steps);
  });

  test('the machine is what it was when it was frozen', () => {
    expect({ [name]: machineHash(definition) }).toEqual({
      [name]: (readJson(frozenFile) as Record<string, string>)[name],
    });
  });
});
