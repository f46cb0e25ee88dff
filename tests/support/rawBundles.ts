/** A bundle as it is stored: the fields of contract.md §5 with decimals as texts. */
export interface RawBundle {
  format: string;
  sheet: RawSheet;
  units: { code: string }[];
  entries: RawEntry[];
  knockouts?: { unit: string; code: string; effect: string }[];
}

export interface RawSheet {
  rounding: { scale: string; at: string };
  criteria: RawCriterion[];
  bonusCap?: string | null;
  rankBy?: string;
  crossScore?: { aggregate: string };
  tieBreak?: { by: string; code?: string }[];
  classification?: { atLeast: string; code: string }[];
}

export interface RawCriterion {
  code: string;
  parent: string | null;
  maxPoints: string;
  formula?: string;
  role?: string;
  params?: {
    step?: string;
    cap?: string;
    bands?: { atLeast: string; points: string }[];
    levels?: { label: string; points: string }[];
    points?: string[];
  };
}

export interface RawEntry {
  unit: string;
  criterion: string;
  layer: string;
  scorer?: string | null;
  assigned?: boolean;
  achieved?: boolean;
  points?: string;
  target?: string;
  actual?: string;
  count?: string;
  value?: string;
  level?: string;
}

/** A valid bundle of units U1…Un; rounding to 2 places at each leaf unless `sheet` says otherwise. */
export function aBundle(parts: {
  units: number;
  criteria: RawCriterion[];
  entries: RawEntry[];
  sheet?: Partial<RawSheet>;
  knockouts?: RawBundle['knockouts'];
}): RawBundle {
  return {
    format: 'score-bundle/1',
    sheet: { rounding: { scale: '2', at: 'leaf' }, criteria: parts.criteria, ...parts.sheet },
    units: Array.from({ length: parts.units }, (_, index) => ({ code: `U${index + 1}` })),
    entries: parts.entries,
    ...(parts.knockouts === undefined ? {} : { knockouts: parts.knockouts }),
  };
}

/** A leaf `code` without parent. */
export function aLeaf(
  code: string,
  maxPoints: string,
  formula: string,
  more: Partial<RawCriterion> = {},
): RawCriterion {
  return { code, parent: null, maxPoints, formula, ...more };
}

/** The self-scored entry of one unit for one leaf. */
export function selfEntry(unit: string, criterion: string, inputs: Partial<RawEntry>): RawEntry {
  return { unit, criterion, layer: 'self', ...inputs };
}
