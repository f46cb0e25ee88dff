import { z } from 'zod';
import type { ScoreCell, ScoreLayer } from '../../../db/scoreSheets.ts';
import type { InputProblem, Text } from '../../errors.ts';
import { checkCells } from '../bundleFromSheets.ts';
import { isJudged } from '../checkInput.ts';
import { parseDecimal, printDecimal } from '../decimalText.ts';
import type { FormulaName, Leaf } from '../sheet.ts';
import type { RoundSheet } from './roundSheet.ts';

/** Cells of a saved sheet by criterion code; null takes a cell away. */
export type CellChanges = Record<string, ScoreCell | null>;

/** The inputs of each formula (contract.md §5). */
const INPUTS: Record<FormulaName, readonly string[]> = {
  YES_NO: ['achieved'],
  DIRECT: ['points'],
  LEADER_RELATIVE: ['target', 'actual'],
  RATIO: ['target', 'actual'],
  RATIO_INVERSE: ['target', 'actual'],
  FULL_MINUS: ['count'],
  COUNT_STEP: ['count'],
  PENALTY_STEP: ['count'],
  TIER: ['value'],
  LEVEL: ['level'],
  RANK_POINTS: ['points'],
};

const DECIMALS = ['points', 'target', 'actual', 'count', 'value'];
const MOST_CHARACTERS = 40;
/** A double holds any decimal of so many digits, and prints it back as it was written. */
const EXACT_DIGITS = 15;

const words = z.object({
  note: z.string().trim().min(1).max(2000).optional(),
  reason: z.string().trim().min(1).max(2000).optional(),
  evidence: z.array(z.uuid().toLowerCase()).min(1).max(20).optional(),
});
const wordKeys = ['note', 'reason', 'evidence'];

/**
 * Reads the cells of a request: for each leaf its formula's inputs, decimals as texts in one form, and words
 * beside them. Every problem at once, with its place below `/cells`. Pure.
 */
export function readCells(
  { sheet, leaves }: RoundSheet,
  layer: ScoreLayer,
  raw: Readonly<Record<string, unknown>>,
): { cells: CellChanges; problems: InputProblem[] } {
  const cells: CellChanges = {};
  const problems: InputProblem[] = [];
  for (const [code, given] of Object.entries(raw)) {
    const found = leaves.get(code);
    if (found === undefined) {
      problems.push(at([code], NO_LEAF));
    } else if (given === null) {
      cells[code] = null;
    } else if (typeof given !== 'object' || Array.isArray(given)) {
      problems.push(at([code], NO_CELL));
    } else {
      const fields = withExactNumbers(given);
      const own = cellProblems(found.leaf, layer, fields);
      const wrong = checkCells(sheet, { [code]: fields }).map(({ path, message }) =>
        at(path, { vi: inputRuleInWords(found.leaf, path.at(-1)), en: message }),
      );
      problems.push(...own, ...wrong);
      if (own.length + wrong.length === 0) cells[code] = toCell(found.leaf, fields);
    }
  }
  return { cells, problems };
}

const NO_LEAF = {
  vi: 'Bảng chấm điểm không có tiêu chí này, hoặc đây là nhóm tiêu chí.',
  en: 'The sheet has no such criterion, or it is a group.',
};
const NO_CELL = { vi: 'Sai kiểu dữ liệu, cần nhóm trường.', en: 'Expected object.' };

/** Decimals that came as JSON numbers, as texts; what a double may have bent stays a number and is refused. */
function withExactNumbers(given: object): Record<string, unknown> {
  const exact = Object.entries(given).map(([key, value]: [string, unknown]): [string, unknown] => {
    const isDecimal = DECIMALS.includes(key) && typeof value === 'number';
    return isDecimal && digitsOf(value) <= EXACT_DIGITS ? [key, String(value)] : [key, value];
  });
  return Object.fromEntries(exact);
}

function digitsOf(value: number): number {
  return String(value).replace(/e.*$/i, '').replace(/\D/g, '').length;
}

/** What is wrong with a cell beyond its inputs: foreign fields, words, and what the layer asks for. */
function cellProblems(leaf: Leaf, layer: ScoreLayer, fields: Record<string, unknown>): InputProblem[] {
  const known = [...inputKeys(leaf, fields), 'assigned', ...wordKeys];
  const foreign = Object.keys(fields).filter((key) => !known.includes(key));
  const tooLong = DECIMALS.filter((key) => textOf(fields[key]).length > MOST_CHARACTERS);
  const parsed = words.safeParse(fields);
  const wordProblems =
    parsed.error?.issues.map(({ path }) => at([leaf.code, ...path.map(String)], BAD_WORDS)) ?? [];
  return [
    ...foreign.map((key) => at([leaf.code, key], FOREIGN)),
    ...tooLong.map((key) => at([leaf.code, key], TOO_LONG)),
    ...wordProblems,
    ...(layer === 'cluster' ? clusterProblems(leaf, fields) : []),
  ];
}

/** A member's points stand beside those of others; a corrected figure stands alone and says why. */
function clusterProblems(leaf: Leaf, fields: Record<string, unknown>): InputProblem[] {
  if (isJudged(leaf.formula.name)) {
    return fields['assigned'] === undefined ? [] : [at([leaf.code, 'assigned'], NOT_THE_CLUSTERS)];
  }
  return fields['reason'] === undefined ? [at([leaf.code, 'reason'], REASON_NEEDED)] : [];
}

const FOREIGN = { vi: 'Trường không có trong biểu mẫu.', en: 'Unknown field.' };
const TOO_LONG = { vi: `Không quá ${MOST_CHARACTERS} ký tự.`, en: `At most ${MOST_CHARACTERS} characters.` };
const BAD_WORDS = { vi: 'Giá trị không hợp lệ.', en: 'Invalid value.' };
const NOT_THE_CLUSTERS = {
  vi: 'Thành viên cụm, khối không quyết định tiêu chí có được giao hay không.',
  en: 'Members of the cluster do not say whether a criterion is assigned.',
};
const REASON_NEEDED = {
  vi: 'Phải nêu lý do khi xác nhận hoặc sửa số liệu của đơn vị.',
  en: 'Confirming or correcting a figure needs a reason.',
};

function at(path: readonly (string | number)[], message: Text): InputProblem {
  return { pointer: path.map((step) => `/${step}`).join(''), message };
}

function inputKeys({ formula }: Leaf, fields: Record<string, unknown>): readonly string[] {
  return fields['assigned'] === false ? ['actual'] : INPUTS[formula.name];
}

/** The rule that an input broke, in words for people. */
function inputRuleInWords({ formula, maxPoints }: Leaf, key: string | number | undefined): string {
  switch (key) {
    case 'points':
      return formula.name === 'DIRECT'
        ? `Điểm phải là số thập phân từ 0 đến ${printDecimal(maxPoints)}.`
        : 'Điểm phải là số thập phân không âm.';
    case 'target':
      return 'Chỉ tiêu phải là số thập phân lớn hơn 0.';
    case 'actual':
      return 'Kết quả phải là số thập phân không âm.';
    case 'count':
      return 'Số lần phải là số thập phân không âm.';
    case 'value':
      return 'Giá trị phải là số thập phân.';
    case 'level':
      return formula.name === 'LEVEL'
        ? `Mức phải là một trong: ${formula.levels.map(({ label }) => label).join('; ')}.`
        : BAD_WORDS.vi;
    case 'achieved':
      return 'Phải chọn đạt (true) hoặc không đạt (false).';
    case 'assigned':
      return 'Chỉ tiêu chí tính điểm và cộng điểm mới có thể không được giao.';
    default:
      return BAD_WORDS.vi;
  }
}

function toCell(leaf: Leaf, fields: Record<string, unknown>): ScoreCell {
  const inputs = inputKeys(leaf, fields).flatMap((key): [string, unknown][] => {
    const value = fields[key];
    if (value === undefined) return [];
    return [[key, DECIMALS.includes(key) ? inOneForm(textOf(value)) : value]];
  });
  const notAssigned = fields['assigned'] === false ? { assigned: false } : {};
  return { ...notAssigned, ...Object.fromEntries(inputs), ...words.parse(fields) } as ScoreCell;
}

/** A decimal that passed the check is a text or a whole number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `7.50` and `7.5` are one value, and are stored as one. */
function inOneForm(text: string): string {
  const value = parseDecimal(text);
  return typeof value === 'string' ? text : printDecimal(value);
}
