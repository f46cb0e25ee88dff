import type { Knex } from 'knex';
import { filesUploadedBy } from '../../../db/files.ts';
import { sheetsBeside, type ScoreCells, type ScoreSheetKey } from '../../../db/scoreSheets.ts';
import type { Actor } from '../../accounts/actor.ts';
import { InvalidInput, NotAllowedNow, type Text } from '../../errors.ts';
import { isJudged } from '../checkInput.ts';
import type { CellChanges } from './readCells.ts';
import type { RoundSheet } from './roundSheet.ts';

/** A figure has one confirmation: of the lead or of the deputy, whoever was first. Throws NotAllowedNow `conflict`. */
export async function requireUnconfirmed(
  trx: Knex.Transaction,
  key: ScoreSheetKey,
  { sheet, changes }: { sheet: RoundSheet; changes: CellChanges },
): Promise<void> {
  const measured = Object.entries(changes).flatMap(([code, cell]) => {
    const formula = sheet.leaves.get(code)?.leaf.formula.name;
    return cell === null || formula === undefined || isJudged(formula) ? [] : [code];
  });
  if (measured.length === 0) return;
  const beside = await sheetsBeside(trx, key);
  const taken = measured.find((code) => beside.some(({ cells }) => Object.hasOwn(cells, code)));
  if (taken === undefined) return;
  throw new NotAllowedNow('conflict', {
    vi: `Số liệu của tiêu chí ${taken} đã được cụm trưởng, khối trưởng hoặc cấp phó kia xác nhận.`,
    en: `The figure of criterion ${taken} is already confirmed by the other of lead and deputy.`,
  });
}

/**
 * Evidence is what the caller uploaded, or what the sheet has: naming a file would else open it to the cluster.
 * Throws InvalidInput.
 */
export async function requireEvidence(
  trx: Knex.Transaction,
  cells: ScoreCells,
  { changes, actor }: { changes: CellChanges; actor: Actor },
): Promise<void> {
  const there = new Set(Object.values(cells).flatMap(({ evidence }) => evidence ?? []));
  const named = Object.entries(changes).flatMap(([code, cell]) =>
    (cell?.evidence ?? []).map((file, index) => ({ file, pointer: `/cells/${code}/evidence/${index}` })),
  );
  const added = named.filter(({ file }) => !there.has(file));
  const uploaded = await filesUploadedBy(
    trx,
    actor.accountId,
    added.map(({ file }) => file),
  );
  const problems = added
    .filter(({ file }) => !uploaded.includes(file))
    .map(({ pointer }) => ({ pointer, message: NO_SUCH_FILE }));
  if (problems.length > 0) throw new InvalidInput(problems);
}

const NO_SUCH_FILE: Text = {
  vi: 'Không có tệp này trong các tệp đã tải lên.',
  en: 'This file is not among your uploads.',
};
