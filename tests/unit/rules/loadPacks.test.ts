import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { BadRulePacks, loadPacks } from '../../../services/rules/loadPacks.ts';
import { shippedFolder, shippedPacks } from '../../support/rulePacks.ts';

const shipped = await shippedPacks();
const original = await readFile(join(shippedFolder, 'luat-2003.json'), 'utf8');
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'packs-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  try {
    await loadPacks(await folderWith(files));
    return [];
  } catch (error) {
    if (!(error instanceof BadRulePacks)) throw error;
    return error.message.split('\n');
  }
}

/** The shipped 2003 pack with other values at its top. */
const variant = (changes: object) => JSON.stringify({ ...(JSON.parse(original) as object), ...changes });

describe('the shipped packs', () => {
  test('are valid, in order of code, and join without a gap', () => {
    expect(
      shipped.map(({ code, version, validFrom, validTo }) => [code, version, validFrom, validTo]),
    ).toEqual([
      ['luat-2003', 1, '2016-01-01', '2023-12-31'],
      ['luat-2022-nd152', 1, '2025-07-01', '2026-09-30'],
      ['luat-2022-nd98', 1, '2024-01-01', '2025-06-30'],
    ]);
  });

  test.each(shipped.map((pack) => [pack.code, pack] as const))('%s offers every route', (_code, pack) => {
    const routes = pack.awards.map(({ code, route }) => [
      code,
      route.clusterVote?.method ?? null,
      route.council?.sheet?.aggregate ?? null,
      route.council?.vote?.method ?? null,
      route.higher?.authority ?? null,
    ]);
    expect(routes).toEqual([
      ['provincial_emulation_flag', 'open', 'trimmed-mean', 'open', null],
      ['excellent_labour_collective', null, 'mean', null, null],
      ['provincial_emulation_fighter', null, null, 'secret', null],
      ['government_emulation_flag', null, null, 'open', 'government'],
      ['merit_certificate_pm', null, null, 'open', 'prime_minister'],
      ['merit_certificate_province', null, null, null, null],
    ]);
  });

  test('call verified only what domain research has read in a source', () => {
    const verified = shipped.flatMap((pack) => [
      ...(pack.standing === 'verified' ? [`${pack.code} period`] : []),
      ...pack.awards.flatMap(({ code, standing, route }) => [
        ...(standing === 'verified' ? [`${pack.code} ${code}`] : []),
        ...(route.standing === 'verified' ? [`${pack.code} ${code} route`] : []),
        ...(route.council?.vote?.standing === 'verified' ? [`${pack.code} ${code} vote`] : []),
        ...(route.council?.sheet?.standing === 'verified' ? [`${pack.code} ${code} sheet`] : []),
        ...(route.clusterVote?.standing === 'verified' ? [`${pack.code} ${code} cluster`] : []),
      ]),
      ...pack.deadlines.filter(({ standing }) => standing === 'verified').map(({ kind }) => kind),
    ]);
    const catalogue = shipped[0]?.awards.map(({ code }) => code) ?? [];
    expect(verified).toEqual([
      'luat-2003 provincial_emulation_fighter route',
      'luat-2003 provincial_emulation_fighter vote',
      ...catalogue.map((code) => `luat-2022-nd152 ${code}`),
      'luat-2022-nd98 period',
      ...catalogue.map((code) => `luat-2022-nd98 ${code}`),
    ]);
  });
});

describe('a folder of packs', () => {
  test('reports every problem of every file with file and path', async () => {
    const broken = JSON.parse(original) as {
      validTo: string;
      awards: { code: string; authority: string; components: string[]; route: Record<string, unknown> }[];
      deadlines: { kind: string; workingDays: number; remindBefore: number[] }[];
    };
    const [flag, collective, fighter, , pm] = broken.awards;
    broken.validTo = '2015-12-31';
    Object.assign(broken, { surprise: true });
    Object.assign(flag ?? {}, { subjects: ['village'], components: ['submission_letter', 'stamp'] });
    Object.assign(flag?.route ?? {}, {
      clusterVote: { ...(flag?.route['clusterVote'] as object), method: 'secret' },
    });
    Object.assign(collective ?? {}, { code: 'provincial_emulation_flag', authority: 'king' });
    Object.assign(collective?.route ?? {}, { council: { sheet: null, vote: null } });
    Object.assign(fighter?.route['council'] ?? {}, {
      vote: {
        ...(fighter?.route['council'] as { vote: object }).vote,
        minimum: { num: 11, den: 10 },
        base: 'present',
      },
    });
    Object.assign(pm?.route ?? {}, { higher: null });
    broken.deadlines.pop();
    Object.assign(broken.deadlines[0] ?? {}, { workingDays: 2.5, remindBefore: [1, 3], basis: '' });

    expect(
      await problemsOf({
        'a.json': '{"code": NaN}',
        'b.json': JSON.stringify(broken),
        'note.txt': 'no pack',
      }),
    ).toEqual([
      expect.stringMatching(/^a\.json: is not JSON: /),
      'b.json: awards[0].subjects[0] Invalid option: expected one of "individual"|"collective"|"household"',
      'b.json: awards[0].route.clusterVote.method Invalid input: expected "open"',
      'b.json: awards[2].route.council.vote.minimum.num must not be more than the whole',
      'b.json: deadlines[0].workingDays Invalid input: expected int, received number',
      'b.json: deadlines[0].basis Too small: expected string to have >=1 characters',
      'b.json: Unrecognized key: "surprise"',
      'b.json: validTo is before validFrom',
      'b.json: awards[1].code provincial_emulation_flag is here twice',
      "b.json: awards[0].components[1] stamp is not in the pack's list",
      "b.json: awards[1].authority king is not in the pack's list",
      'b.json: awards[1].route.council neither scores nor votes: write null',
      'b.json: awards[2].route.council.vote.absent asks the absent, whom the base "present" leaves out',
      'b.json: awards[4].route.higher is missing: the State decides this award',
      'b.json: deadlines has no rule for minutes',
      'b.json: deadlines[0].remindBefore must shrink',
    ]);
  });

  test('says of each file that is no pack what it lacks', async () => {
    expect(await problemsOf({ 'list.json': '[]', 'null.json': 'null' })).toEqual([
      'list.json: Invalid input: expected object, received array',
      'null.json: Invalid input: expected object, received null',
    ]);
  });

  test('refuses two codes that claim the same day of reception, and the same version twice', async () => {
    expect(
      await problemsOf({
        'a.json': original,
        'b.json': variant({ code: 'other', validFrom: '2023-12-31', validTo: null }),
        'c.json': original,
      }),
    ).toEqual([
      'b.json: validFrom the period overlaps with that of a.json',
      'c.json: version is also the version of a.json',
      'c.json: validFrom the period overlaps with that of b.json',
    ]);
  });

  test('takes versions of one code beside each other, in order of version', async () => {
    const folder = await folderWith({
      'a.json': variant({ version: 10 }),
      'b.json': variant({ version: 2 }),
    });
    expect((await loadPacks(folder)).map(({ version }) => version)).toEqual([2, 10]);
  });
});
