import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { LosslessNumber, parse, stringify } from 'lossless-json';
import { scoreFile } from '../../../services/scoring/scoreFile.ts';

const fixture = new URL('../../fixtures/score-bundles/every-formula.json', import.meta.url);
const good = readFileSync(fixture, 'utf8');

type Change = readonly [path: string, value: unknown];
const REMOVED = Symbol('removed');

/** The good bundle as text with values replaced, added or removed at places such as `entries[3].points`. */
function changed(changes: readonly Change[]): string {
  const root = parse(good) as Record<string, unknown>;
  for (const [path, value] of changes) {
    const keys = path.match(/[^.[\]]+/g) ?? [];
    const last = keys.pop() ?? '';
    let part = root;
    for (const key of keys) part = part[key] as Record<string, unknown>;
    if (value !== REMOVED) part[last] = value;
    else if (Array.isArray(part)) part.splice(Number(last), 1);
    else Reflect.deleteProperty(part, last);
  }
  return stringify(root) ?? '';
}

/** The places that are named on stderr, in order; everything else about a refusal is checked here. */
function places(text: string): string[] {
  const { exitCode, stdout, stderr } = scoreFile(new TextEncoder().encode(text));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at |Error:|undefined|\[object/m);
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(': ')));
}

const number = (text: string) => new LosslessNumber(text);

const sheets: [string, Change[], string[]][] = [
  ['no format', [['format', REMOVED]], ['format']],
  ['another format', [['format', 'score-bundle/2']], ['format']],
  ['a format that is a number', [['format', 1]], ['format']],
  ['no sheet', [['sheet', REMOVED]], ['sheet']],
  ['a sheet that is a list', [['sheet', []]], ['sheet']],
  ['no criteria', [['sheet.criteria', REMOVED]], ['sheet.criteria']],
  ['criteria that are an object', [['sheet.criteria', {}]], ['sheet.criteria']],
  [
    'a row that is a text',
    [['sheet.criteria[14]', 'L11']],
    [
      'sheet.criteria[12].maxPoints',
      'sheet.criteria[14]',
      'entries[46].criterion',
      'entries[47].criterion',
      'entries[48].criterion',
    ],
  ],
  [
    'a row without code',
    [['sheet.criteria[0].code', REMOVED]],
    [
      'sheet.criteria[0].code',
      'sheet.criteria[1].parent',
      'sheet.criteria[4].parent',
      'sheet.criteria[5].parent',
    ],
  ],
  [
    'an empty code',
    [['sheet.criteria[14].code', '']],
    ['sheet.criteria[14].code', 'entries[46].criterion', 'entries[47].criterion', 'entries[48].criterion'],
  ],
  [
    'a duplicate criterion',
    [['sheet.criteria[3].code', 'L1']],
    ['sheet.criteria[3].code', ...[4, 5, 6, 7].map((n) => `entries[${n}].criterion`)],
  ],
  [
    'an unknown parent',
    [['sheet.criteria[7].parent', '9']],
    ['sheet.criteria[6].maxPoints', 'sheet.criteria[7].parent'],
  ],
  [
    'a parent that is a number',
    [['sheet.criteria[7].parent', 2]],
    ['sheet.criteria[6].maxPoints', 'sheet.criteria[7].parent'],
  ],
  ['a row that is its own parent', [['sheet.criteria[12].parent', '3']], ['sheet.criteria[12].parent']],
  [
    'a cycle of parents',
    [['sheet.criteria[0].parent', '1.1']],
    ['sheet.criteria[0].parent', 'sheet.criteria[1].parent'],
  ],
  [
    'a parent that is a leaf with a formula',
    [['sheet.criteria[8].parent', 'L5']],
    [
      'sheet.criteria[6].maxPoints',
      'sheet.criteria[7].maxPoints',
      'sheet.criteria[7].formula',
      'entries[16].criterion',
      'entries[17].criterion',
      'entries[18].criterion',
    ],
  ],
  ['a group with a formula', [['sheet.criteria[6].formula', 'DIRECT']], ['sheet.criteria[6].formula']],
  ['a group that does not add up', [['sheet.criteria[0].maxPoints', 41]], ['sheet.criteria[0].maxPoints']],
  [
    'a group that adds up in doubles only',
    [['sheet.criteria[12].maxPoints', number('10.00000000000000000001')]],
    ['sheet.criteria[12].maxPoints'],
  ],
  ['a leaf without a formula', [['sheet.criteria[2].formula', REMOVED]], ['sheet.criteria[2].formula']],
  ['a formula that is null', [['sheet.criteria[2].formula', null]], ['sheet.criteria[2].formula']],
  [
    'a group without children',
    [['sheet.criteria[15]', { code: '4', parent: null, maxPoints: 0 }]],
    ['sheet.criteria[15].formula'],
  ],
  ['an unknown formula', [['sheet.criteria[2].formula', 'leader_relative']], ['sheet.criteria[2].formula']],
  ['an unknown role', [['sheet.criteria[2].role', 'malus']], ['sheet.criteria[2].role']],
  [
    'a penalty leaf with another formula',
    [['sheet.criteria[13].role', 'penalty']],
    ['sheet.criteria[13].formula'],
  ],
  ['PENALTY_STEP on a base leaf', [['sheet.criteria[14].role', REMOVED]], ['sheet.criteria[14].formula']],
  ['no maxPoints', [['sheet.criteria[8].maxPoints', REMOVED]], ['sheet.criteria[8].maxPoints']],
  ['maxPoints that are a text', [['sheet.criteria[8].maxPoints', '10']], ['sheet.criteria[8].maxPoints']],
  ['negative maxPoints', [['sheet.criteria[14].maxPoints', -4]], ['sheet.criteria[14].maxPoints']],
  [
    'maxPoints that are not finite',
    [['sheet.criteria[14].maxPoints', number('1e400')]],
    ['sheet.criteria[14].maxPoints'],
  ],
  [
    'a formula without its params',
    [['sheet.criteria[9].params', REMOVED]],
    ['sheet.criteria[9].params.step'],
  ],
  ['params that are a list', [['sheet.criteria[9].params', []]], ['sheet.criteria[9].params']],
  [
    'params of another formula',
    [['sheet.criteria[9].params', { cap: 3 }]],
    ['sheet.criteria[9].params.step'],
  ],
  ['a step that is a text', [['sheet.criteria[13].params.step', '1.5']], ['sheet.criteria[13].params.step']],
  ['a negative step', [['sheet.criteria[9].params.step', -1]], ['sheet.criteria[9].params.step']],
  ['a penalty without cap', [['sheet.criteria[14].params.cap', REMOVED]], ['sheet.criteria[14].params.cap']],
  ['a negative cap', [['sheet.criteria[14].params.cap', -4]], ['sheet.criteria[14].params.cap']],
  ['no bands', [['sheet.criteria[5].params', {}]], ['sheet.criteria[5].params.bands']],
  ['empty bands', [['sheet.criteria[5].params.bands', []]], ['sheet.criteria[5].params.bands']],
  [
    'a band without a bound',
    [['sheet.criteria[5].params.bands[1].atLeast', REMOVED]],
    ['sheet.criteria[5].params.bands[1].atLeast'],
  ],
  [
    'a band that gives more than the leaf',
    [['sheet.criteria[5].params.bands[1].points', 10.5]],
    ['sheet.criteria[5].params.bands[1].points'],
  ],
  [
    'two bands from the same value',
    [['sheet.criteria[5].params.bands[2].atLeast', number('50.0')]],
    ['sheet.criteria[5].params.bands[2].atLeast'],
  ],
  [
    'a level without label',
    [['sheet.criteria[10].params.levels[0].label', REMOVED]],
    ['sheet.criteria[10].params.levels[0].label'],
  ],
  [
    'two levels of one label',
    [['sheet.criteria[10].params.levels[2].label', 'Tốt']],
    ['sheet.criteria[10].params.levels[2].label', 'entries[35].level'],
  ],
  [
    'levels that are an object',
    [['sheet.criteria[10].params.levels', { Tốt: 4 }]],
    ['sheet.criteria[10].params.levels'],
  ],
  [
    'rank points with a text',
    [['sheet.criteria[11].params.points[1]', '6']],
    ['sheet.criteria[11].params.points[1]'],
  ],
  [
    'negative rank points',
    [['sheet.criteria[11].params.points[2]', -3]],
    ['sheet.criteria[11].params.points[2]'],
  ],
  ['no rounding', [['sheet.rounding', REMOVED]], ['sheet.rounding.scale', 'sheet.rounding.at']],
  ['a rounding that is a number', [['sheet.rounding', 2]], ['sheet.rounding']],
  ['a negative scale', [['sheet.rounding.scale', -1]], ['sheet.rounding.scale']],
  ['a scale with a fraction', [['sheet.rounding.scale', 1.5]], ['sheet.rounding.scale']],
  ['a scale beyond sense', [['sheet.rounding.scale', 400]], ['sheet.rounding.scale']],
  ['a scale that is a text', [['sheet.rounding.scale', '2']], ['sheet.rounding.scale']],
  ['rounding at an unknown place', [['sheet.rounding.at', 'group']], ['sheet.rounding.at']],
  ['a negative bonus cap', [['sheet.bonusCap', -1]], ['sheet.bonusCap']],
  ['a bonus cap that is a text', [['sheet.bonusCap', '3']], ['sheet.bonusCap']],
  ['an unknown ranking', [['sheet.rankBy', 'points']], ['sheet.rankBy']],
  ['an unknown aggregate', [['sheet.crossScore.aggregate', 'average']], ['sheet.crossScore.aggregate']],
  ['a cross-score that is a text', [['sheet.crossScore', 'mean']], ['sheet.crossScore']],
  ['an unknown tie-break', [['sheet.tieBreak[1].by', 'lot']], ['sheet.tieBreak[1].by']],
  ['a tie-break by an unknown group', [['sheet.tieBreak[0].code', '9']], ['sheet.tieBreak[0].code']],
  ['a tie-break by a leaf', [['sheet.tieBreak[0].code', 'L5']], ['sheet.tieBreak[0].code']],
  ['a tie-break by no group', [['sheet.tieBreak[0].code', REMOVED]], ['sheet.tieBreak[0].code']],
  ['tie-breaks that are an object', [['sheet.tieBreak', { by: 'bonus' }]], ['sheet.tieBreak']],
  ['a class without code', [['sheet.classification[0].code', REMOVED]], ['sheet.classification[0].code']],
  [
    'two classes from the same percent',
    [['sheet.classification[1].atLeast', 30]],
    ['sheet.classification[1].atLeast'],
  ],
  ['two classes of one code', [['sheet.classification[1].code', 'KHA']], ['sheet.classification[1].code']],
  ['a class from a text', [['sheet.classification[1].atLeast', '70%']], ['sheet.classification[1].atLeast']],
];

const rounds: [string, Change[], string[]][] = [
  ['no units', [['units', REMOVED]], ['units']],
  [
    'an empty list of units',
    [
      ['units', []],
      ['entries', []],
      ['knockouts', []],
    ],
    ['units'],
  ],
  ['a duplicate unit', [['units[4]', { code: 'SATHAY' }]], ['units[4].code']],
  ['a unit that is a text', [['units[4]', 'KONRAY']], ['units[4]']],
  ['a unit whose code is a number', [['units[4]', { code: 5 }]], ['units[4].code']],
  ['no entries', [['entries', REMOVED]], ['entries']],
  ['entries that are an object', [['entries', {}]], ['entries']],
  ['an entry that is null', [['entries[48]', null]], ['entries[48]']],
  ['an entry for an unknown unit', [['entries[12].unit', 'KONRAY']], ['entries[12].unit']],
  ['an entry for no unit', [['entries[12].unit', REMOVED]], ['entries[12].unit']],
  ['an entry for an unknown criterion', [['entries[12].criterion', 'L44']], ['entries[12].criterion']],
  ['an entry for a group', [['entries[12].criterion', '1.1']], ['entries[12].criterion']],
  [
    'an entry for a prototype of JavaScript',
    [['entries[12].criterion', '__proto__']],
    ['entries[12].criterion'],
  ],
  ['an unknown layer', [['entries[12].layer', 'council']], ['entries[12].layer']],
  ['no layer', [['entries[12].layer', REMOVED]], ['entries[12].layer']],
  ['a scorer that is a number', [['entries[37].scorer', 7]], ['entries[37].scorer']],
  ['a cluster entry without scorer', [['entries[19].scorer', REMOVED]], ['entries[19].scorer']],
  ['a cluster entry of an unknown unit', [['entries[19].scorer', 'SNV']], ['entries[19].scorer']],
  ['a unit that scores itself', [['entries[19].scorer', 'DAKGLEI']], ['entries[19].scorer']],
  [
    'a second entry without a scorer',
    [['entries[49]', { unit: 'DAKGLEI', criterion: 'L1', layer: 'self', target: 1, actual: 1 }]],
    ['entries[49]'],
  ],
  [
    'a second entry of one scorer',
    [['entries[49]', { unit: 'DAKGLEI', criterion: 'L6', layer: 'cluster', scorer: 'NGOCHOI', points: 1 }]],
    ['entries[49].scorer'],
  ],
  [
    'a second entry that is wrong itself',
    [['entries[49]', { unit: 'DAKGLEI', criterion: 'L6', layer: 'self', points: 11 }]],
    ['entries[49]', 'entries[49].points'],
  ],
  [
    'several scorers where one is allowed',
    [['entries[49]', { unit: 'DAKGLEI', criterion: 'L4', layer: 'self', scorer: 'SNV', value: 1 }]],
    ['entries[49].scorer'],
  ],
  [
    'scorers who contradict each other on the assignment',
    [
      [
        'entries[49]',
        { unit: 'NGOCHOI', criterion: 'L6', layer: 'cluster', scorer: 'KONPLONG', assigned: false },
      ],
    ],
    ['entries[49].assigned'],
  ],
  [
    'a penalty that is not assigned',
    [['entries[46]', { unit: 'DAKGLEI', criterion: 'L11', layer: 'self', assigned: false }]],
    ['entries[46].assigned'],
  ],
  [
    'an assignment that is a text',
    [
      ['entries[11].assigned', 'no'],
      ['entries[11].target', 1],
      ['entries[11].actual', 1],
    ],
    ['entries[11].assigned'],
  ],
  ['a missing input', [['entries[16].achieved', REMOVED]], ['entries[16].achieved']],
  ['an input that is null', [['entries[22].points', null]], ['entries[22].points']],
  ['an answer that is a number', [['entries[16].achieved', 1]], ['entries[16].achieved']],
  ['points that are a text', [['entries[22].points', '7.5']], ['entries[22].points']],
  ['points that are a list', [['entries[22].points', [7]]], ['entries[22].points']],
  ['points over the most', [['entries[22].points', number('10.000001')]], ['entries[22].points']],
  ['negative points', [['entries[22].points', number('-0.01')]], ['entries[22].points']],
  ['points that are not finite', [['entries[22].points', number('1e400')]], ['entries[22].points']],
  ['negative points to rank', [['entries[37].points', -1]], ['entries[37].points']],
  ['a target of 0', [['entries[0].target', 0]], ['entries[0].target']],
  ['a negative target', [['entries[4].target', -80]], ['entries[4].target']],
  ['no target', [['entries[8].target', REMOVED]], ['entries[8].target']],
  ['a negative actual', [['entries[8].actual', -1]], ['entries[8].actual']],
  ['a negative actual of what is not assigned', [['entries[6].actual', -1]], ['entries[6].actual']],
  ['a negative count', [['entries[29].count', -1]], ['entries[29].count']],
  ['a count that is true', [['entries[42].count', true]], ['entries[42].count']],
  ['no value', [['entries[12].value', REMOVED]], ['entries[12].value']],
  ['a value that is not finite', [['entries[12].value', number('-1e999')]], ['entries[12].value']],
  ['an unknown level', [['entries[33].level', 'Giỏi']], ['entries[33].level']],
  ['a level that is a number', [['entries[33].level', 1]], ['entries[33].level']],
  ['knock-outs that are an object', [['knockouts', {}]], ['knockouts']],
  ['a knock-out of an unknown unit', [['knockouts[0].unit', 'KONRAY']], ['knockouts[0].unit']],
  ['an unknown effect', [['knockouts[1].effect', 'warn']], ['knockouts[1].effect']],
  ['a knock-out without code', [['knockouts[1].code', REMOVED]], ['knockouts[1].code']],
  [
    'a knock-out that is there twice',
    [['knockouts[2]', { unit: 'DAKGLEI', code: 'KY_LUAT', effect: 'hold' }]],
    ['knockouts[2]'],
  ],
];

describe('a malformed bundle', () => {
  test.each(sheets)('with %s in its sheet is refused at its place', (_, changes, expected) => {
    expect(places(changed(changes))).toEqual(expected);
  });

  test.each(rounds)('with %s is refused at its place', (_, changes, expected) => {
    expect(places(changed(changes))).toEqual(expected);
  });

  test('names every problem at once, in the order of the file', () => {
    const text = changed([
      ['knockouts[1].effect', 'warn'],
      ['entries[22].points', 11],
      ['entries[4].actual', REMOVED],
      ['units[1].code', 'DAKGLEI'],
      ['sheet.criteria[9].params.step', -1],
      ['sheet.rounding.at', 'page'],
    ]);
    const found = places(text);
    expect(found.filter((place) => !place.endsWith('unit') && !place.endsWith('scorer'))).toEqual([
      'sheet.rounding.at',
      'sheet.criteria[9].params.step',
      'units[1].code',
      'entries[4].actual',
      'entries[22].points',
      'knockouts[1].effect',
    ]);
  });

  test('names the places in the order of this file, not of another', () => {
    const root = parse(
      changed([
        ['format', 'x'],
        ['units[0].code', 7],
        ['sheet.rankBy', 'y'],
      ]),
    ) as object;
    const reversed = Object.fromEntries(Object.entries({ ...root, entries: [], knockouts: [] }).reverse());
    expect(places(stringify(reversed) ?? '')).toEqual(['units[0].code', 'sheet.rankBy', 'format']);
  });

  test('is refused where a key stands twice with different values', () => {
    const text = good.replace('"bonusCap": 3,', '"bonusCap": 3,\n"bonusCap": 4,');
    expect(places(text)).toEqual(['sheet.bonusCap']);
  });
});

describe('a file that is not JSON', () => {
  const cases: [string, string, string][] = [
    ['nothing', '', 'line 1, column 1'],
    ['a trailing comma', '{"entries": [1,\n 2, ]}', 'line 2, column 5, in entries[2]'],
    ['NaN', '{"units": [{"code": NaN}]}', 'NaN is no number of JSON at line 1, column 21, in units[0].code'],
    [
      '-Infinity',
      '{"entries": [{}, {"points": -Infinity}]}',
      'Infinity is no number of JSON at line 1, column 30, in entries[1].points',
    ],
    ['a comment', '{"a": 1} // done', 'line 1, column 10'],
    ['single quotes', "{'a': 1}", 'line 1, column 2'],
    ['a leading zero', '{"a": 07}', 'line 1, column 8'],
    ['a leading plus', '{"a": +7}', 'line 1, column 7, in a'],
    ['a bare dot', '{"a": .5}', 'line 1, column 7, in a'],
    ['a decimal comma', '{"a": 7,5}', 'line 1, column 9'],
    ['an end too soon', '{"sheet": {"criteria": [', 'line 1, column 25, in sheet.criteria[0]'],
    ['a raw tab in a text', '{"a": "b\tc"}', 'line 1, column 9, in a'],
    ['two documents', '{} {}', 'line 1, column 4'],
    ['a wrong escape', '{"a]": "\\x"}', 'line 1, column 9, in ["a]"]'],
  ];

  test.each(cases)('with %s says so, and where', (_, text, place) => {
    const outcome = scoreFile(new TextEncoder().encode(text));
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/^not JSON: [^\n]+\n$/);
    expect(outcome.stderr).toContain(place);
  });

  test.each(['[]', '7', '"score-bundle/1"', 'null'])('but %s is no object', (text) => {
    expect(places(text)).toEqual(['(file)']);
  });
});
