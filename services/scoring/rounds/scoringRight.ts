import type { ScoreLayer } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Actor, Office } from '../../accounts/actor.ts';
import type { Text } from '../../errors.ts';
import { officeEver } from '../../workflow/policy.ts';
import { isJudged } from '../checkInput.ts';
import { departmentOf, type Assessor } from './assessors.ts';
import type { RoundLeaf, RoundSheet } from './roundSheet.ts';
import { scoringRoundCapability } from './scoringRoundCapability.ts';

/** What somebody wants to write: these criteria of this unit's sheet in this layer, for this scorer. */
export interface ScoringWish {
  row: ScoringRoundCase;
  sheet: RoundSheet;
  layer: ScoreLayer;
  unitId: string;
  /** As the caller says; null: its own unit. */
  scorerUnitId: string | null;
  codes: readonly string[];
}

export type ScoringRight =
  { status: 'allowed'; office: Office; scorerUnitId: string | null } | { status: 'refused'; reason: Text };

const ACTIONS: Record<ScoreLayer, string> = {
  self: 'scoreSelf',
  cluster: 'scoreCluster',
  department: 'scoreDepartment',
  verified: 'scoreVerified',
};

/**
 * With which office, and for which unit, the actor may write it in some state of the round; or the rule that
 * forbids it (design.md §4): a unit's own cell is locked to cross-scoring, also the lead's; judged criteria
 * are every member's, measured ones the lead's or deputy's; a department scores the criteria given to it. Pure.
 */
export function scoringRight(wish: ScoringWish, actor: Actor): ScoringRight {
  const { row, layer, unitId } = wish;
  const scorer = layer === 'self' ? (wish.scorerUnitId ?? unitId) : wish.scorerUnitId;
  if (layer === 'self' && scorer !== unitId) return refuse(NOT_YOURS.self);
  const offices =
    scorer === null ? actor.offices : actor.offices.filter((office) => office.unitId === scorer);
  const office = officeEver(scoringRoundCapability.policy, ACTIONS[layer], { ...actor, offices }, row);
  if (office === null) return refuse(NOT_YOURS[layer]);
  if (layer !== 'self' && office.unitId === unitId) return refuse(OWN_CELL);
  const reason = wish.codes
    .map((code) => refusalOf(code, wish.sheet.leaves.get(code), wish, office))
    .find((text) => text !== null);
  if (reason !== undefined) return refuse(reason);
  return { status: 'allowed', office, scorerUnitId: layer === 'verified' ? null : office.unitId };
}

function refuse(reason: Text): ScoringRight {
  return { status: 'refused', reason };
}

const NOT_YOURS: Record<ScoreLayer, Text> = {
  self: {
    vi: 'Bản tự chấm chỉ do chính đơn vị đó lập.',
    en: 'A unit’s own sheet is written by that unit only.',
  },
  cluster: {
    vi: 'Chỉ đơn vị thành viên của cụm, khối mới chấm chéo, và chỉ với tư cách đơn vị mình.',
    en: 'Only members of the cluster cross-score, each for its own unit.',
  },
  department: {
    vi: 'Chỉ sở, ngành được bảng chấm điểm giao tiêu chí mới chấm ở lớp này.',
    en: 'Only departments that the sheet names as assessors score here.',
  },
  verified: {
    vi: 'Chỉ cơ quan thường trực mới thẩm định điểm.',
    en: 'Only the standing agency verifies scores.',
  },
};

const OWN_CELL: Text = {
  vi: 'Đơn vị không được chấm cho chính mình, kể cả cụm trưởng, khối trưởng.',
  en: 'No unit scores itself, the lead included.',
};

function refusalOf(
  code: string,
  found: RoundLeaf | undefined,
  { row, layer }: ScoringWish,
  office: Office,
): Text | null {
  if (found === undefined || layer === 'self' || layer === 'verified') return null;
  if (layer === 'department') {
    const own = row.assessors.find(({ unitId }) => unitId === office.unitId)?.code;
    return departmentOf(found.assessor) === own ? null : notYourCriterion(code, found.assessor, row);
  }
  if (found.assessor !== 'cluster') return notYourCriterion(code, found.assessor, row);
  const position = row.members.find(({ unitId }) => unitId === office.unitId)?.position ?? 'member';
  if (isJudged(found.leaf.formula.name) || position !== 'member') return null;
  return {
    vi: `Tiêu chí ${code} tính từ số liệu: chỉ cụm trưởng, khối trưởng hoặc cấp phó xác nhận.`,
    en: `Criterion ${code} is measured: only the lead or deputy confirms its figure.`,
  };
}

function notYourCriterion(code: string, assessor: Assessor, row: ScoringRoundCase): Text {
  const department = departmentOf(assessor);
  const name = row.assessors.find((unit) => unit.code === department)?.name ?? department ?? '';
  const [vi, en] =
    assessor === 'cluster'
      ? ['cụm, khối', 'the cluster']
      : assessor === 'standing'
        ? ['cơ quan thường trực', 'the standing agency']
        : [name, name];
  return {
    vi: `Tiêu chí ${code} không thuộc phần chấm của đơn vị: do ${vi} chấm.`,
    en: `Criterion ${code} is not yours: it is scored by ${en}.`,
  };
}
