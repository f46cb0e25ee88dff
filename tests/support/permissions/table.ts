import { readFileSync } from 'node:fs';
import { ROLES, type Role } from '../../../services/accounts/actor.ts';

export const COLLECTIONS = [
  'movements',
  'registrations',
  'scoring-rounds',
  'nominations',
  'council-sessions',
  'decisions',
] as const;
export type Collection = (typeof COLLECTIONS)[number];

export const RELATIONS = [
  'any',
  'own',
  'leadOwn',
  'clusterMember',
  'clusterLead',
  'clusterDeputy',
  'assessor',
  'foreign',
  'foreignLead',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What the server must answer, and the statuses that say so. */
export const ANSWERS = {
  yes: [200, 201, 204],
  notNow: [409],
  no: [403],
  hidden: [404],
} as const;
export type Expected = keyof typeof ANSWERS;

/** Who asks: an office, and how its unit stands to the case. */
export interface Subject {
  role: Role;
  relation: Relation;
}

export interface Cell extends Subject {
  /** The line of permissions.csv. */
  line: number;
  collection: Collection;
  event: string;
  /** The state in which the case is asked; empty for what has no case yet. */
  state: string;
  expected: Expected;
}

interface Line {
  line: number;
  fields: Map<string, string[]>;
}

/** The lines of a CSV fixture: comments and empty lines are left out, a field's values stand apart by spaces. */
export function readLines(name: string, header: readonly string[]): Line[] {
  const file = new URL(`../../fixtures/${name}`, import.meta.url);
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines[0] !== header.join(',')) throw new Error(`${name}: the header must be ${header.join(',')}`);
  return lines.flatMap((text, index) => {
    if (index === 0 || text === '' || text.startsWith('#')) return [];
    const values = text.split(',');
    if (values.length !== header.length) throw new Error(`${name}:${index + 1}: not ${header.length} fields`);
    return [
      { line: index + 1, fields: new Map(header.map((field, at) => [field, (values[at] ?? '').split(' ')])) },
    ];
  });
}

/** One of the known words of a field. Throws with the line for any other. */
export function oneOf<Word extends string>(known: readonly Word[], word: string, { line }: Line): Word {
  const found = known.find((each) => each === word);
  if (found === undefined) throw new Error(`line ${line}: "${word}" is none of ${known.join(', ')}`);
  return found;
}

/** Every cell of permissions.csv. Throws for a word that is no role, relation, collection or answer. */
export function readPermissions(): Cell[] {
  const lines = readLines('permissions.csv', [
    'collection',
    'event',
    'state',
    'role',
    'relation',
    'expected',
  ]);
  return lines.flatMap((each) => {
    const values = (field: string) => each.fields.get(field) ?? [];
    const single = (field: string) => values(field).join(' ');
    const common = {
      line: each.line,
      collection: oneOf(COLLECTIONS, single('collection'), each),
      event: single('event'),
      expected: oneOf(Object.keys(ANSWERS) as Expected[], single('expected'), each),
    };
    return values('state').flatMap((state) =>
      values('role').flatMap((role) =>
        values('relation').map((relation): Cell => ({
          ...common,
          state,
          role: oneOf(ROLES, role, each),
          relation: oneOf(RELATIONS, relation, each),
        })),
      ),
    );
  });
}

/** The items by the name of their group, in order. */
export function groupedBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}
