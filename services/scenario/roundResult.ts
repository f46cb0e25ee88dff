import { z } from 'zod';
import { cast } from './cast.ts';
import { expect, expectSame } from './failures.ts';
import type { Member, Play } from './play.ts';
import type { ScoringRound } from './scoringRound.ts';
import { tableOf } from './trace.ts';

const resultSchema = z.looseObject({
  hash: z.string(),
  results: z.array(
    z.looseObject({
      unitId: z.uuid(),
      name: z.string(),
      total: z.string(),
      percent: z.string(),
      rank: z.int().nullable(),
      classification: z.string().nullable(),
      missing: z.array(z.string()),
    }),
  ),
});

/** Reads the result as the agency, checks that members read the same, prints it; answers the units by rank. */
export async function showResult({ people, trace }: Play, round: ScoringRound): Promise<Member[]> {
  const path = `/scoring-rounds/${round.id}/result`;
  const appraiser = await people(cast.appraiser);
  const { hash, results } = await appraiser.get(path, resultSchema);
  const member = await people(`${cast.late}.lanhdao`);
  expectSame(
    (await member.get(path, resultSchema)).hash,
    hash,
    'Đơn vị đọc kết quả khác cơ quan thường trực',
  );
  expectSame(results.length, round.members.length, 'Kết quả thiếu đơn vị');
  expect(
    results.every(({ missing }) => missing.length === 0),
    'Có tiêu chí chưa chấm',
    results,
  );

  const ranked = results.toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const rows = ranked.map(({ rank, name, total, percent, classification }) => [
    String(rank ?? '–'),
    name,
    total,
    `${percent} %`,
    classification ?? '–',
  ]);
  trace.lines(tableOf([['Hạng', 'Đơn vị', 'Tổng điểm', 'Tỷ lệ', 'Xếp loại'], ...rows]));
  return ranked.flatMap(({ unitId }) => round.members.find((each) => each.unitId === unitId) ?? []);
}
