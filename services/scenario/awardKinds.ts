import { z } from 'zod';
import { Unexpected } from './failures.ts';
import type { Person } from './people.ts';

const awardSchema = z.looseObject({
  code: z.string(),
  name: z.object({ vi: z.string() }),
  subjects: z.array(z.enum(['individual', 'collective', 'household'])).min(1),
  components: z.array(z.object({ code: z.string(), name: z.object({ vi: z.string() }) })),
  route: z.looseObject({
    clusterVote: z.looseObject({}).nullable(),
    council: z
      .looseObject({
        scores: z.looseObject({}).nullable(),
        vote: z.looseObject({ method: z.string() }).nullable(),
      })
      .nullable(),
    higher: z.looseObject({ name: z.object({ vi: z.string() }) }).nullable(),
  }),
});
export type Award = z.output<typeof awardSchema>;

const rulesSchema = z.looseObject({
  code: z.string(),
  title: z.object({ vi: z.string() }),
  awards: z.array(awardSchema),
});

/** The kinds of way that the year goes, one award for each. */
export interface AwardsOfTheYear {
  /** The rule pack in words. */
  pack: string;
  /** Cluster vote, council sheet, open vote. */
  voted: Award;
  /** Council sheet only. */
  scored: Award;
  /** A secret vote. */
  secret: Award;
  /** An open vote of the council, then the higher level. */
  higher: Award;
  /** Neither council nor cluster. */
  plain: Award;
}

/** Picks an award for each kind of way from the pack in force today: by its way, whatever its name. */
export async function awardsOfTheYear(person: Person): Promise<AwardsOfTheYear> {
  const rules = await person.get('/award-rules', rulesSchema);
  const pick = (kind: string, fits: (award: Award) => boolean): Award => {
    const found = rules.awards.find(fits);
    if (found !== undefined) return found;
    throw new Unexpected(`Gói quy định "${rules.title.vi}" không có hình thức nào: ${kind}`);
  };
  const council = ({ route }: Award) => route.council;
  const local = ({ route }: Award) => route.higher === null;
  return {
    pack: rules.title.vi,
    voted: pick(
      'suy tôn, chấm điểm rồi biểu quyết công khai',
      (award) =>
        local(award) &&
        award.route.clusterVote !== null &&
        council(award)?.scores != null &&
        council(award)?.vote?.method === 'open',
    ),
    scored: pick(
      'Hội đồng chỉ chấm điểm',
      (award) => local(award) && council(award)?.scores != null && council(award)?.vote === null,
    ),
    secret: pick('Hội đồng bỏ phiếu kín', (award) => council(award)?.vote?.method === 'secret'),
    higher: pick(
      'Hội đồng biểu quyết công khai rồi trình cấp trên',
      (award) =>
        !local(award) && council(award)?.vote?.method === 'open' && award.subjects.includes('collective'),
    ),
    plain: pick(
      'không qua cụm, không qua Hội đồng',
      (award) => local(award) && award.route.clusterVote === null && council(award) === null,
    ),
  };
}
