import type { Exact } from './exact.ts';

export const roles = ['base', 'bonus', 'penalty'] as const;
export type Role = (typeof roles)[number];

/** How the points of several scorers of one leaf become one number. */
export const aggregates = ['mean', 'median', 'trimmed-mean'] as const;
export type Aggregate = (typeof aggregates)[number];

export const rankings = ['total', 'percent'] as const;
export const roundingPlaces = ['leaf', 'total'] as const;

/** Points for reaching a value; the lists are kept with the highest `atLeast` first. */
export interface Band {
  readonly atLeast: Exact;
  readonly points: Exact;
}

export interface Level {
  readonly label: string;
  readonly points: Exact;
}

/** How a leaf is scored, with what the formula needs to know. */
export type Formula =
  | { readonly name: 'YES_NO' | 'DIRECT' | 'LEADER_RELATIVE' | 'RATIO' | 'RATIO_INVERSE' }
  | { readonly name: 'FULL_MINUS' | 'COUNT_STEP'; readonly step: Exact }
  | { readonly name: 'PENALTY_STEP'; readonly step: Exact; readonly cap: Exact }
  | { readonly name: 'TIER'; readonly bands: readonly Band[] }
  | { readonly name: 'LEVEL'; readonly levels: readonly Level[] }
  | { readonly name: 'RANK_POINTS'; readonly points: readonly Exact[] };

export type FormulaName = Formula['name'];

export const formulaNames = [
  'YES_NO',
  'DIRECT',
  'LEADER_RELATIVE',
  'RATIO',
  'RATIO_INVERSE',
  'FULL_MINUS',
  'COUNT_STEP',
  'PENALTY_STEP',
  'TIER',
  'LEVEL',
  'RANK_POINTS',
] as const satisfies readonly FormulaName[];

/** A row that is only the sum of the leaves under it. */
export interface Group {
  readonly kind: 'group';
  readonly code: string;
  readonly parent: string | null;
  readonly name: string | null;
  readonly maxPoints: Exact;
}

/** A row that is scored. `groups` are the positions, in the sheet's `groups`, of all groups above it. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly code: string;
  readonly parent: string | null;
  readonly name: string | null;
  readonly maxPoints: Exact;
  readonly role: Role;
  readonly formula: Formula;
  readonly groups: readonly number[];
}

export type Criterion = Group | Leaf;

export type TieBreak =
  | { readonly by: 'group'; readonly code: string; readonly group: number }
  | { readonly by: 'bonus' }
  | { readonly by: 'penalty' };

/** A class, such as "excellent", that a percent reaches; kept with the highest `atLeast` first. */
export interface ClassBand {
  readonly atLeast: Exact;
  readonly code: string;
}

/** A checked score sheet (bảng điểm): rows in the order of the file, and the rules for adding them up. */
export interface Sheet {
  readonly criteria: readonly Criterion[];
  readonly groups: readonly Group[];
  readonly leaves: readonly Leaf[];
  readonly rounding: { readonly scale: number; readonly at: (typeof roundingPlaces)[number] };
  /** The most that bonus leaves may give together; null: no cap. */
  readonly bonusCap: Exact | null;
  readonly rankBy: (typeof rankings)[number];
  readonly aggregate: Aggregate;
  readonly tieBreak: readonly TieBreak[];
  readonly classification: readonly ClassBand[];
}
