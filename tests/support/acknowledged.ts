import type { Knex } from 'knex';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { createDiskStorage } from '../../services/files/diskStorage.ts';
import { randomHex } from '../../services/ports.ts';
import type { HttpAnswer } from '../../services/scenario/httpClient.ts';

const caseAnswer = z.looseObject({
  id: z.uuid(),
  workflow: z.looseObject({ state: z.string(), revision: z.int() }),
});
const sheetAnswer = z.looseObject({
  unitId: z.uuid(),
  layer: z.string(),
  scorerUnitId: z.uuid().nullable(),
  revision: z.int(),
});
const fileAnswer = z.looseObject({ id: z.uuid(), sha256: z.string(), size: z.int() });

/**
 * What of the acknowledged answers is not there any more, in words: the state of a case at that revision, a score
 * sheet, a file's row or its bytes. Empty: nothing is lost.
 */
export async function lostOf(db: Knex, dataDir: string, answers: readonly HttpAnswer[]): Promise<string[]> {
  const cases = answers.flatMap(({ answer }) => caseAnswer.safeParse(answer).data ?? []);
  const sheets = answers
    .filter(({ path }) => path.includes('/sheets/'))
    .flatMap(({ answer, path }) => {
      const sheet = sheetAnswer.safeParse(answer).data;
      return sheet === undefined ? [] : [{ ...sheet, roundId: path.split('/')[2] ?? '' }];
    });
  const files = answers
    .filter(({ upload }) => upload !== undefined)
    .flatMap(({ answer }) => fileAnswer.safeParse(answer).data ?? []);
  return [
    ...(await lostCases(db, cases)),
    ...(await lostSheets(db, sheets)),
    ...(await lostFiles(db, dataDir, files)),
  ];
}

async function lostCases(db: Knex, cases: readonly z.output<typeof caseAnswer>[]): Promise<string[]> {
  const acknowledged = cases.map(({ id, workflow: { revision, state } }) => ({ id, revision, state }));
  const { rows } = await db.raw<{ rows: { lost: string }[] }>(
    `select distinct format('case %s at revision %s in state %s', a.id, a.revision, a.state) as lost
       from jsonb_to_recordset(?) as a (id uuid, revision integer, state text)
       left join workflow_history h on h.instance_id = a.id and h.revision = a.revision
       where h.to_state is distinct from a.state`,
    [JSON.stringify(acknowledged)],
  );
  return rows.map(({ lost }) => lost);
}

async function lostSheets(
  db: Knex,
  sheets: readonly (z.output<typeof sheetAnswer> & { roundId: string })[],
): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { lost: string }[] }>(
    `select format('sheet of %s in %s by %s at revision %s', a."unitId", a.layer, a."scorerUnitId", a.revision) as lost
       from jsonb_to_recordset(?) as a ("roundId" uuid, "unitId" uuid, layer text, "scorerUnitId" uuid, revision integer)
       left join score_sheets s on s.round_id = a."roundId" and s.unit_id = a."unitId" and s.layer = a.layer
         and s.scorer_unit_id is not distinct from a."scorerUnitId"
       where s.revision is null or s.revision < a.revision`,
    [JSON.stringify(sheets)],
  );
  return rows.map(({ lost }) => lost);
}

async function lostFiles(
  db: Knex,
  dataDir: string,
  files: readonly z.output<typeof fileAnswer>[],
): Promise<string[]> {
  const ids = files.map(({ id }) => id);
  const rows = await db<{ id: string }>('files').select('id').whereIn('id', ids);
  const known = new Set(rows.map(({ id }) => id));
  const lost = files.filter(({ id }) => !known.has(id)).map(({ id }) => `file ${id}`);
  const storage = createDiskStorage(join(dataDir, 'files'), randomHex);
  for (const { sha256, size } of files) {
    const stored = await buffer(await storage.open(sha256)).catch(() => null);
    if (stored?.length !== size) lost.push(`bytes of ${sha256}`);
  }
  return lost;
}
