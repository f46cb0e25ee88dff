import { z } from 'zod';
import {
  findCriteriaSheet,
  pageOfCriteriaSheets,
  type CriteriaSheetHead,
} from '../../../db/criteriaSheets.ts';
import { NotFound } from '../../../db/errors.ts';
import { holds, type Actor } from '../../accounts/actor.ts';
import { route, type Route } from '../route.ts';
import { idParams, pageQuery } from './shared.ts';

const head = {
  id: z.uuid(),
  code: z.string(),
  version: z.int(),
  title: z.string(),
  provenance: z.string(),
  hash: z.string(),
  publishedAt: z.iso.datetime().nullable(),
};

const permission = { name: 'criteria-sheets.read', allows: () => true } as const;

/** Score sheets: the list and one with its content. Drafts are the standing agency's. */
export function criteriaSheetRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/criteria-sheets',
      tag: 'criteria-sheets',
      summary: { vi: 'Các bảng chấm điểm', en: 'Score sheets' },
      permission,
      query: pageQuery,
      response: z.object({ items: z.array(z.object(head)), nextCursor: z.string().nullable() }),
      async handle({ db, actor, query }) {
        const page = { limit: query.limit + 1, cursor: query.cursor ?? null };
        const rows = await pageOfCriteriaSheets(db, page, seesDrafts(actor));
        const shown = rows.slice(0, query.limit);
        const nextCursor = rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null;
        return { body: { items: shown.map(presentHead), nextCursor } };
      },
    }),
    route({
      method: 'get',
      path: '/criteria-sheets/{id}',
      tag: 'criteria-sheets',
      summary: { vi: 'Một bảng chấm điểm', en: 'One score sheet' },
      permission,
      params: idParams,
      response: z.object({ ...head, content: z.unknown() }),
      subject: async ({ db, actor, params }) => {
        const sheet = await findCriteriaSheet(db, params.id);
        if (sheet === null || (sheet.published_at === null && !seesDrafts(actor))) {
          throw new NotFound('criteria-sheets');
        }
        return sheet;
      },
      handle: ({ subject: sheet }) =>
        Promise.resolve({ body: { ...presentHead(sheet), content: sheet.content } }),
    }),
  ];
}

function seesDrafts(actor: Actor): boolean {
  return holds(actor, 'appraiser', 'agencyHead');
}

function presentHead(sheet: CriteriaSheetHead) {
  return {
    id: sheet.id,
    code: sheet.code,
    version: sheet.version,
    title: sheet.title,
    provenance: sheet.provenance,
    hash: sheet.hash,
    publishedAt: sheet.published_at?.toISOString() ?? null,
  };
}
