import { z } from 'zod';
import { deadlineKinds } from '../../workflows/effects.ts';

type Path = (string | number)[];
export interface Inconsistency {
  path: Path;
  message: string;
}

const text = z.string().catch('');
const texts = z.array(text).catch([]);
const days = z.array(z.number().catch(0)).catch([]);
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).catch([]);
const step = z.looseObject({ base: text, absent: text }).nullish().catch(undefined);
const coded = z.looseObject({ code: text }).catch({ code: '' });

/** What the checks look at, read leniently: a mistake elsewhere must not hide what is wrong here. */
const outline = z
  .looseObject({
    validFrom: text.nullable(),
    validTo: text.nullable(),
    authorities: listOf(coded),
    components: listOf(coded),
    awards: listOf(
      z
        .looseObject({
          code: text,
          level: text,
          authority: text,
          subjects: texts,
          components: texts,
          route: z
            .looseObject({
              clusterVote: step,
              council: z
                .looseObject({
                  sheet: z
                    .looseObject({ criteria: listOf(coded) })
                    .nullish()
                    .catch(undefined),
                  vote: step,
                })
                .nullish()
                .catch(undefined),
              higher: z.looseObject({ authority: text }).nullish().catch(undefined),
            })
            .catch({}),
        })
        .catch({ code: '', level: '', authority: '', subjects: [], components: [], route: {} }),
    ),
    deadlines: z
      .array(
        z
          .looseObject({
            kind: text,
            remindBefore: days,
            remindAfter: days,
            escalate: listOf(z.looseObject({ afterDays: z.number().catch(0) }).catch({ afterDays: 0 })),
          })
          .catch({ kind: '', remindBefore: [], remindAfter: [], escalate: [] }),
      )
      .nullable()
      .catch(null),
  })
  .catch({ validFrom: null, validTo: null, authorities: [], components: [], awards: [], deadlines: null });
type Outline = z.infer<typeof outline>;
type Award = Outline['awards'][number];

/**
 * What is wrong between the fields of a pack: a code used twice, a name that no list holds, a period that ends before
 * it begins, a council that does nothing. Takes any value, also one that the schema refuses.
 */
export function findInconsistencies(value: unknown): Inconsistency[] {
  const pack = outline.parse(value);
  return [
    ...periodProblems(pack),
    ...repeats(
      pack.authorities.map((one) => one.code),
      (i) => ['authorities', i, 'code'],
    ),
    ...repeats(
      pack.components.map((one) => one.code),
      (i) => ['components', i, 'code'],
    ),
    ...repeats(
      pack.awards.map((one) => one.code),
      (i) => ['awards', i, 'code'],
    ),
    ...pack.awards.flatMap((award, i) => awardProblems(pack, award, ['awards', i])),
    ...deadlineProblems(pack),
  ];
}

function periodProblems({ validFrom, validTo }: Outline): Inconsistency[] {
  if (!validFrom || !validTo || validFrom <= validTo) return [];
  return [{ path: ['validTo'], message: 'is before validFrom' }];
}

function awardProblems(pack: Outline, award: Award, at: Path): Inconsistency[] {
  const { clusterVote, council, higher } = award.route;
  const problems = [
    ...repeats(award.subjects, (i) => [...at, 'subjects', i]),
    ...repeats(award.components, (i) => [...at, 'components', i]),
    ...award.components.flatMap((code, i) => unknown(code, pack.components, [...at, 'components', i])),
    ...unknown(award.authority, pack.authorities, [...at, 'authority']),
    ...stepProblems(clusterVote, [...at, 'route', 'clusterVote']),
    ...stepProblems(council?.vote, [...at, 'route', 'council', 'vote']),
    ...repeats(
      (council?.sheet?.criteria ?? []).map((one) => one.code),
      (i) => [...at, 'route', 'council', 'sheet', 'criteria', i, 'code'],
    ),
  ];
  if (council && council.sheet === null && council.vote === null) {
    problems.push({ path: [...at, 'route', 'council'], message: 'neither scores nor votes: write null' });
  }
  if (higher && award.authority !== '' && higher.authority !== award.authority) {
    problems.push({ path: [...at, 'route', 'higher', 'authority'], message: "is not the award's authority" });
  }
  if (higher === null && award.level === 'state') {
    problems.push({ path: [...at, 'route', 'higher'], message: 'is missing: the State decides this award' });
  }
  return problems;
}

function stepProblems(vote: { base: string; absent: string } | null | undefined, at: Path): Inconsistency[] {
  if (vote?.base !== 'present' || vote.absent !== 'written') return [];
  return [{ path: [...at, 'absent'], message: 'asks the absent, whom the base "present" leaves out' }];
}

function deadlineProblems({ deadlines }: Outline): Inconsistency[] {
  if (deadlines === null) return [];
  const kinds = deadlines.map((one) => one.kind);
  const absent = deadlineKinds.filter((kind) => !kinds.includes(kind));
  return [
    ...repeats(kinds, (i) => ['deadlines', i, 'kind']),
    ...absent.map((kind) => ({ path: ['deadlines'], message: `has no rule for ${kind}` })),
    ...deadlines.flatMap((rule, i) => [
      ...unordered(rule.remindBefore, -1, ['deadlines', i, 'remindBefore']),
      ...unordered(rule.remindAfter, 1, ['deadlines', i, 'remindAfter']),
      ...unordered(
        rule.escalate.map((one) => one.afterDays),
        1,
        ['deadlines', i, 'escalate'],
      ),
    ]),
  ];
}

function repeats(values: readonly string[], pathOf: (index: number) => Path): Inconsistency[] {
  return values.flatMap((value, i) =>
    value !== '' && values.indexOf(value) < i ? [{ path: pathOf(i), message: `${value} is here twice` }] : [],
  );
}

function unknown(code: string, list: readonly { code: string }[], path: Path): Inconsistency[] {
  if (code === '' || list.some((one) => one.code === code)) return [];
  return [{ path, message: `${code} is not in the pack's list` }];
}

function unordered(values: readonly number[], direction: 1 | -1, path: Path): Inconsistency[] {
  const wrong = values.some((value, i) => {
    const before = values[i - 1];
    return before !== undefined && (value - before) * direction <= 0;
  });
  return wrong ? [{ path, message: direction === 1 ? 'must grow' : 'must shrink' }] : [];
}
