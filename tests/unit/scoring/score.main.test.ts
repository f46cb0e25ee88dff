import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'lossless-json';
import { runCommand } from '../../support/runCommand.ts';

const fixture = fileURLToPath(new URL('../../fixtures/score-bundles/every-formula.json', import.meta.url));

const command = 'services/scoring/score.main.ts';

describe('the score command', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'score-files-'));
  });

  async function runOn(name: string, content: string | Uint8Array) {
    await writeFile(join(folder, name), content);
    return runCommand(command, [name], folder);
  }

  test('prints the result as JSON and ends with 0', async () => {
    const expected = await readFile(fixture.replace('.json', '.expected.json'), 'utf8');
    const run = await runCommand(command, [fixture]);
    expect({ ...run, stdout: parse(run.stdout) }).toEqual({ code: 0, stdout: parse(expected), stderr: '' });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'not JSON: JSON value expected but reached end of input at line 1, column 1\n'],
    [
      'NaN',
      '{"format": "score-bundle/1",\n "entries": [{"points": NaN}]}',
      'not JSON: NaN is no number of JSON at line 2, column 25, in entries[0].points\n',
    ],
    [
      'a file that is no text',
      new Uint8Array([0xff, 0xfe, 0x7b, 0x00]),
      'not JSON: the bytes are no UTF-8 text\n',
    ],
    [
      'another format',
      '{"format": "score-bundle/2", "sheet": {"criteria": [], "rounding": {"scale": 2, "at": "leaf"}}, "units": [], "entries": []}',
      [
        'format: "score-bundle/2" is not supported: must be "score-bundle/1"',
        'sheet.criteria: must not be empty',
        'units: must not be empty\n',
      ].join('\n'),
    ],
    ['nesting without end', '['.repeat(200_000), 'not JSON: it is nested too deeply\n'],
  ])('refuses %s with 2, a place on stderr and nothing on stdout', async (_, content, stderr) => {
    expect(await runOn('bundle.json', content)).toEqual({ code: 2, stdout: '', stderr });
  });

  test('refuses numbers with absurd exponents at once', async () => {
    const text = (await readFile(fixture, 'utf8')).replace('"actual": 77.5', '"actual": 1e999999999');
    expect(await runOn('huge.json', text)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'entries[4].actual: 1e999999999 is out of range: no finite number that can be scored\n',
    });
  });

  test('reads a file with a byte order mark, as some editors write it', async () => {
    const run = await runOn('bom.json', `\uFEFF${await readFile(fixture, 'utf8')}`);
    expect(run.code).toBe(0);
  });

  test('says how it is called when it is called otherwise', async () => {
    const usage = { code: 2, stdout: '', stderr: 'usage: npm run -s score -- BUNDLE.json\n' };
    expect(await runCommand(command, [])).toEqual(usage);
    expect(await runCommand(command, [fixture, fixture])).toEqual(usage);
  });

  test('says which file it cannot read', async () => {
    const missing = await runCommand(command, ['no-such-file.json'], folder);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/^cannot read no-such-file\.json: ENOENT: .*\n$/);
    const directory = await runCommand(command, [dirname(fixture)]);
    expect(directory).toMatchObject({ code: 2, stdout: '' });
    expect(directory.stderr).toMatch(/^cannot read .*: EISDIR: .*\n$/);
  });
});
