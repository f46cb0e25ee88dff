import { z } from 'zod';
import type { Ports } from '../../ports.ts';
import type { PublishedPack, Rulebook } from '../../rules/rulebook.ts';
import { subjectTypes, awardLevels, type AwardRule } from '../../rules/rulePack.ts';
import { standings } from '../../rules/ruleFields.ts';
import { route, type Route } from '../route.ts';

const bilingual = z.object({ vi: z.string(), en: z.string() });
const named = z.object({ code: z.string(), name: bilingual });
const share = z.object({ num: z.int(), den: z.int() });
const source = { basis: z.string(), standing: z.enum(standings) };

const councilSteps = z.object({
  scores: z
    .object({
      criteria: z.array(named.extend({ maxPoints: z.string() })),
      aggregate: z.string(),
      minScorers: z.int(),
      minPercent: z.string(),
      ...source,
    })
    .nullable(),
  vote: z
    .object({
      method: z.string(),
      base: z.string(),
      minimum: share,
      quorum: share,
      rounds: z.int(),
      ...source,
    })
    .nullable(),
});

const awardSchema = z.object({
  code: z.string(),
  name: bilingual,
  kind: z.enum(['title', 'form']),
  subjects: z.array(z.enum(subjectTypes)),
  level: z.enum(awardLevels),
  authority: named,
  components: z.array(named),
  route: z.object({
    clusterVote: z.object({ minimum: share, quorum: share, ...source }).nullable(),
    council: councilSteps.nullable(),
    higher: named.nullable(),
    ...source,
  }),
  ...source,
});

const packSchema = z
  .object({
    id: z.uuid(),
    code: z.string(),
    version: z.int(),
    title: bilingual,
    validFrom: z.iso.date().nullable(),
    validTo: z.iso.date().nullable(),
    ...source,
    notes: z.array(bilingual),
    awards: z.array(awardSchema),
  })
  .meta({ id: 'AwardRules' });

export interface AwardRuleRouteDeps {
  ports: Ports;
  rulebook: Pick<Rulebook, 'packOn'>;
}

/**
 * `GET /award-rules?date=`: the awards on offer for a dossier received on that day (today where none is given), with
 * the way that each takes. A day without a pack is 409 `no-rule-in-force`.
 */
export function awardRuleRoutes({ ports, rulebook }: AwardRuleRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/award-rules',
      tag: 'award-rules',
      summary: { vi: 'Danh hiệu, hình thức khen thưởng đang áp dụng', en: 'The awards on offer on a day' },
      permission: { name: 'award-rules.read', allows: () => true },
      query: z.object({ date: z.iso.date().optional() }),
      response: packSchema,
      handle: ({ query }) =>
        Promise.resolve({ body: presentPack(rulebook.packOn(query.date ?? ports.clock.today())) }),
    }),
  ];
}

function presentPack(pack: PublishedPack): z.input<typeof packSchema> {
  const { id, code, version, title, validFrom, validTo, basis, standing, notes } = pack;
  const awards = pack.awards.map((award) => presentAward(award, pack));
  return { id, code, version, title, validFrom, validTo, basis, standing, notes, awards };
}

function presentAward(award: AwardRule, { authorities, components }: PublishedPack) {
  const { clusterVote, council, higher, basis, standing } = award.route;
  return {
    ...award,
    authority: nameIn(authorities, award.authority),
    components: award.components.map((code) => nameIn(components, code)),
    route: {
      clusterVote,
      council: council === null ? null : { scores: council.sheet, vote: council.vote },
      higher: higher === null ? null : nameIn(authorities, higher.authority),
      basis,
      standing,
    },
  };
}

function nameIn(list: readonly z.output<typeof named>[], code: string): z.output<typeof named> {
  return list.find((one) => one.code === code) ?? { code, name: { vi: code, en: code } };
}
