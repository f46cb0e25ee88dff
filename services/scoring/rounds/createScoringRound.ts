import type { Knex } from 'knex';
import { findCriteriaSheet } from '../../../db/criteriaSheets.ts';
import { insertScoringRound } from '../../../db/scoringRounds.ts';
import { unitsOn } from '../../../db/organisation.ts';
import { readMovementCases } from '../../../db/views/movementCases.ts';
import type { Actor, Office } from '../../accounts/actor.ts';
import { InvalidInput, type InputProblem } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { startCase } from '../../workflow/startCase.ts';
import { assessorCodes } from './assessors.ts';

export interface NewScoringRound {
  clusterId: string;
  year: number;
  sheetId: string;
  title: string;
  movementId?: string | undefined;
}

/**
 * Prepares a round of a cluster; answers its id. The departments that score criteria of the sheet are kept with
 * the round, so that a later sheet changes nothing for it.
 * Throws InvalidInput for an unknown sheet or movement, or a sheet whose assessors are no units of the day.
 */
export async function createScoringRound(
  trx: Knex.Transaction,
  ports: Ports,
  by: { actor: Actor; office: Office },
  wanted: NewScoringRound,
): Promise<string> {
  const assessors = await findAssessors(trx, wanted.sheetId, ports.clock.today());
  if (wanted.movementId !== undefined) await requireMovement(trx, wanted.movementId);
  const id = ports.newId();
  await startCase(trx, ports, {
    id,
    workflow: 'scoringRound',
    unitId: null,
    clusterId: wanted.clusterId,
    input: {},
    actor: by.actor,
    officeId: by.office.id,
    detail: { title: wanted.title, year: wanted.year, sheetId: wanted.sheetId },
  });
  await insertScoringRound(trx, {
    id,
    title: wanted.title,
    year: wanted.year,
    cluster_id: wanted.clusterId,
    sheet_id: wanted.sheetId,
    movement_id: wanted.movementId ?? null,
    assessor_unit_ids: assessors,
    knockouts: [],
  });
  return id;
}

async function findAssessors(trx: Knex.Transaction, sheetId: string, today: string): Promise<string[]> {
  const sheet = await findCriteriaSheet(trx, sheetId);
  if (sheet === null) {
    const message = { vi: 'Không có bảng chấm điểm này.', en: 'There is no such score sheet.' };
    throw new InvalidInput([{ pointer: '/sheetId', message }]);
  }
  const codes = assessorCodes(sheet.content);
  const units = new Map((await unitsOn(trx, today)).map(({ code, id }) => [code, id]));
  const unknown = codes.filter((code) => !units.has(code));
  if (unknown.length > 0) throw new InvalidInput([unknownAssessors(unknown)]);
  return codes.flatMap((code) => units.get(code) ?? []);
}

function unknownAssessors(codes: readonly string[]): InputProblem {
  const list = codes.join(', ');
  return {
    pointer: '/sheetId',
    message: {
      vi: `Bảng chấm điểm giao cho đơn vị không có hoặc đã giải thể: ${list}.`,
      en: `The sheet names assessors that are no units today: ${list}.`,
    },
  };
}

async function requireMovement(trx: Knex.Transaction, movementId: string): Promise<void> {
  const [found] = await readMovementCases(trx, [movementId]);
  if (found !== undefined && found.state !== 'draft') return;
  const message = {
    vi: 'Không có phong trào này, hoặc chưa phát động.',
    en: 'There is no such movement, or it is not launched.',
  };
  throw new InvalidInput([{ pointer: '/movementId', message }]);
}
