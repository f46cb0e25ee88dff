import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import { findAward, findAwardByCode, pageOfGoldenBook } from '../../../db/views/goldenBook.ts';
import { presentAward } from '../../decisions/presentAward.ts';
import { PUBLIC_CODE } from '../../decisions/publicCode.ts';
import { presentPublicAward } from '../../publicPage/presentPublicAward.ts';
import { route, type Route } from '../route.ts';
import { idParams, pageQuery } from './shared.ts';

const bilingual = z.object({ vi: z.string(), en: z.string() });
const subjectType = z.enum(['individual', 'collective', 'household', 'enterprise']);
const decisionReference = z.object({ id: z.uuid(), number: z.string(), date: z.iso.date() });
const changed = z.object({ decision: decisionReference, reason: z.string().nullable() });

const awardSchema = z
  .object({
    id: z.uuid(),
    nominationId: z.uuid(),
    bookYear: z.int(),
    bookNumber: z.int(),
    award: z.object({ code: z.string(), name: bilingual }),
    recipient: z.object({
      name: z.string(),
      subjectType,
      unit: z.object({ id: z.uuid(), code: z.string(), name: z.string() }),
    }),
    year: z.int(),
    decision: z.object({
      id: z.uuid().nullable(),
      number: z.string(),
      date: z.iso.date(),
      authority: z.string(),
    }),
    publicCode: z.string(),
    standing: z.boolean(),
    revocation: changed.nullable(),
    enteredName: z.string(),
    corrections: z.array(changed.extend({ recipientName: z.string() })),
  })
  .meta({ id: 'Award' });

const publicReference = z.object({ number: z.string(), date: z.iso.date() });

const publicAwardSchema = z
  .object({
    code: z.string(),
    recipient: z.object({ name: z.string(), subjectType, unit: z.string() }),
    award: bilingual,
    year: z.int(),
    decision: publicReference.extend({ authority: z.string() }),
    goldenBook: z.object({ year: z.int(), number: z.int() }),
    standing: z.boolean(),
    revokedBy: publicReference.nullable(),
    correctedBy: publicReference.nullable(),
  })
  .meta({ id: 'PublicAward' });

const year = z.coerce.number().int().min(1900).max(2200).optional();

const bookQuery = pageQuery.extend({
  year,
  bookYear: year,
  unitId: z.uuid().optional(),
  awardCode: z.string().max(64).optional(),
  q: z.string().trim().max(200).optional(),
});

/** The golden book for all who are logged in, and one award for everybody who holds its code. */
export function awardRoutes(): Route[] {
  return [listRoute(), oneRoute(), publicRoute()];
}

function listRoute(): Route {
  return route({
    method: 'get',
    path: '/awards',
    tag: 'awards',
    summary: { vi: 'Sổ vàng', en: 'The golden book' },
    permission: { name: 'awards.read', allows: () => true },
    query: bookQuery,
    response: z.object({ items: z.array(awardSchema), nextCursor: z.string().nullable() }),
    async handle({ db, actor, query }) {
      const filter = {
        year: query.year ?? null,
        bookYear: query.bookYear ?? null,
        unitId: query.unitId ?? null,
        awardCode: query.awardCode ?? null,
        name: query.q === undefined || query.q === '' ? null : query.q,
      };
      const page = { limit: query.limit + 1, cursor: query.cursor ?? null };
      const entries = await pageOfGoldenBook(db, filter, page);
      const shown = entries.slice(0, query.limit);
      const nextCursor = entries.length > query.limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map((entry) => presentAward(entry, actor)), nextCursor } };
    },
  });
}

function oneRoute(): Route {
  return route({
    method: 'get',
    path: '/awards/{id}',
    tag: 'awards',
    summary: { vi: 'Một mục trong Sổ vàng', en: 'One entry of the golden book' },
    permission: { name: 'awards.read', allows: () => true },
    params: idParams,
    response: awardSchema,
    async subject({ db, params }) {
      const entry = await findAward(db, params.id);
      if (entry === null) throw new NotFound('award');
      return entry;
    },
    handle: ({ actor, subject }) => Promise.resolve({ body: presentAward(subject, actor) }),
  });
}

function publicRoute(): Route {
  return route({
    method: 'get',
    path: '/public/awards/{code}',
    tag: 'public',
    summary: { vi: 'Tra cứu một khen thưởng', en: 'Look an award up' },
    permission: 'public',
    params: z.object({ code: z.string().regex(PUBLIC_CODE) }),
    response: publicAwardSchema,
    async subject({ db, params }) {
      const entry = await findAwardByCode(db, params.code.toUpperCase());
      if (entry === null) throw new NotFound('award');
      return entry;
    },
    handle: ({ subject }) => Promise.resolve({ body: presentPublicAward(subject) }),
  });
}
