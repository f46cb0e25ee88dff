import type { Knex } from 'knex';
import { z } from 'zod';
import { findCriteriaSheet } from '../../../db/criteriaSheets.ts';
import { NotFound } from '../../../db/errors.ts';
import { scoreSheetsOf, type ScoreLayer } from '../../../db/scoreSheets.ts';
import type { ScoringRoundCase } from '../../../db/views/scoringRoundCases.ts';
import type { Actor } from '../../accounts/actor.ts';
import { Forbidden } from '../../errors.ts';
import { presentSheet, scoreSheetSchema } from '../../scoring/rounds/presentSheet.ts';
import { readCells, type CellChanges } from '../../scoring/rounds/readCells.ts';
import { readRoundSheet, type RoundSheet } from '../../scoring/rounds/roundSheet.ts';
import { saveScoreSheet } from '../../scoring/rounds/saveScoreSheet.ts';
import { scoringRight } from '../../scoring/rounds/scoringRight.ts';
import { scoringRoundCapability } from '../../scoring/rounds/scoringRoundCapability.ts';
import { maySeeSheet } from '../../scoring/rounds/sheetVisibility.ts';
import { route, type Route } from '../route.ts';
import { visibleCase, type CaseRouteDeps } from './caseParts.ts';
import { idParams, pageQuery, uuid } from './shared.ts';

const { collection } = scoringRoundCapability;
const layer = z.enum(['self', 'cluster', 'department', 'verified']);
const sheetParams = idParams.extend({ unitId: uuid, layer });

const decimal = z.string().meta({ description: 'Số thập phân, ví dụ "7.5"' });
const cell = z.strictObject({
  assigned: z.boolean().optional(),
  achieved: z.boolean().optional(),
  points: decimal.optional(),
  target: decimal.optional(),
  actual: decimal.optional(),
  count: decimal.optional(),
  value: decimal.optional(),
  level: z.string().optional(),
  note: z.string().optional(),
  reason: z.string().optional(),
  evidence: z.array(uuid).optional(),
});

const others = { scorerUnitId: uuid.optional(), handedIn: z.boolean().optional() };
const documentedBody = z.strictObject({
  cells: z.record(z.string(), cell.nullable()).default({}),
  ...others,
});

/** The body for one sheet: which inputs a cell takes depends on its criterion's formula. */
function bodyOf({ sheet, layer }: SheetSubject): z.ZodType<z.output<typeof documentedBody>> {
  const cells = z
    .record(z.string(), z.unknown())
    .default({})
    .transform((raw, context) => {
      const { cells, problems } = readCells(sheet, layer, raw);
      for (const { pointer, message } of problems) {
        const path = pointer.split('/').slice(1);
        context.addIssue({ code: 'custom', path, message: message.vi, params: { en: message.en } });
      }
      return cells;
    });
  return z.strictObject({ cells, ...others });
}

interface SheetSubject {
  row: ScoringRoundCase;
  sheet: RoundSheet;
  layer: ScoreLayer;
  unitId: string;
}

/** The sheets of a round: those that the caller may read, and saving one of them. */
export function scoreSheetRoutes(deps: CaseRouteDeps): Route[] {
  return [listRoute(deps), saveRoute(deps)];
}

function listRoute({ ports }: CaseRouteDeps): Route {
  const subject = visibleCase(scoringRoundCapability, ports);
  return route({
    method: 'get',
    path: `/${collection}/{id}/sheets`,
    tag: collection,
    summary: { vi: 'Các bản chấm điểm được xem', en: 'The sheets that the caller may read' },
    permission: { name: `${collection}.read`, allows: () => true },
    params: idParams,
    query: pageQuery.extend({ unitId: uuid.optional(), layer: layer.optional() }),
    response: z.object({ items: z.array(scoreSheetSchema), nextCursor: z.string().nullable() }),
    subject,
    async handle({ db, actor, subject: row, query }) {
      const sheet = await sheetOf(db, row);
      const rows = (await scoreSheetsOf(db, row.id))
        .filter((each) => maySeeSheet(row, each, actor))
        .filter((each) => query.unitId === undefined || each.unit_id === query.unitId)
        .filter((each) => query.layer === undefined || each.layer === query.layer)
        .filter((each) => query.cursor === undefined || each.id > query.cursor);
      const shown = rows.slice(0, query.limit);
      const nextCursor = rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map((each) => presentSheet(row, sheet, each)), nextCursor } };
    },
  });
}

function saveRoute({ ports }: CaseRouteDeps): Route {
  const visible = visibleCase(scoringRoundCapability, ports);
  const subject = async (call: {
    db: Knex;
    actor: Actor;
    params: z.output<typeof sheetParams>;
  }): Promise<SheetSubject> => {
    const row = await visible(call);
    const { unitId } = call.params;
    if (!row.member_unit_ids.includes(unitId)) throw new NotFound('score sheet');
    return { row, sheet: await sheetOf(call.db, row), layer: call.params.layer, unitId };
  };
  return route({
    method: 'put',
    path: `/${collection}/{id}/sheets/{unitId}/{layer}`,
    tag: collection,
    summary: { vi: 'Lưu bản chấm điểm (cả bản hoặc từng phần)', en: 'Save a sheet, whole or in part' },
    permission: {
      name: `${collection}.score`,
      allows: (actor, subject, { body }) => {
        const right = scoringRight(wishOf(subject, body), actor);
        return right.status === 'allowed' ? true : right.reason;
      },
    },
    params: sheetParams,
    body: documentedBody,
    bodyFor: bodyOf,
    response: scoreSheetSchema,
    subject,
    handle: ({ actor, subject, body, expectedRevision, within }) =>
      within(async (trx) => {
        const right = scoringRight(wishOf(subject, body), actor);
        if (right.status === 'refused') throw new Forbidden(right.reason);
        const saved = await saveScoreSheet(trx, ports, {
          ...subject,
          ...right,
          changes: body.cells as CellChanges,
          handedIn: body.handedIn,
          actor,
          expectedRevision,
        });
        return { body: presentSheet(subject.row, subject.sheet, saved), revision: saved.revision };
      }),
  });
}

function wishOf({ row, sheet, layer, unitId }: SheetSubject, body: z.output<typeof documentedBody>) {
  return {
    row,
    sheet,
    layer,
    unitId,
    scorerUnitId: body.scorerUnitId ?? null,
    codes: Object.keys(body.cells),
  };
}

async function sheetOf(db: Knex, { round }: ScoringRoundCase): Promise<RoundSheet> {
  const stored = await findCriteriaSheet(db, round.sheet_id);
  return readRoundSheet(stored?.content);
}
