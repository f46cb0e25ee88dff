import { z } from 'zod';
import { cast } from './cast.ts';
import { expectSame, Unexpected } from './failures.ts';
import { allItems } from './people.ts';
import type { Member, Play } from './play.ts';
import type { Registered } from './registerUnits.ts';
import { criterionSchema, leavesOf, type Criterion } from './scoreCells.ts';
import { caseSchema, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';

/** A round of the cluster with its sheet's rows. */
export interface ScoringRound extends StoryCase {
  members: readonly Member[];
  leaves: readonly Criterion[];
  assessors: readonly { unitId: string; code: string; name: string }[];
}

const sheetHead = z.looseObject({ id: z.uuid(), code: z.string(), title: z.string() });
const wholeSheet = z.looseObject({ content: z.looseObject({ criteria: z.array(criterionSchema) }) });

/** What a round says of itself, beside what all cases say. */
export const roundSchema = caseSchema.extend({
  assessors: z.array(z.object({ unitId: z.uuid(), code: z.string(), name: z.string() })),
  members: z.array(
    z.looseObject({ unitId: z.uuid(), selfHandedIn: z.boolean(), clusterSheetsHandedIn: z.int() }),
  ),
  deadlines: z.array(z.object({ kind: z.string(), unitId: z.uuid().nullable(), dueOn: z.iso.date() })),
});

/** A sheet of a round after it was saved. */
export const savedSheet = z.looseObject({
  handedIn: z.boolean(),
  missing: z.array(z.string()),
  revision: z.int(),
});

/** Prepares the cluster's round of the year and opens it; every member then owes its own sheet. */
export async function openScoringRound(
  play: Play,
  { clusterId, members }: Registered,
  movement: StoryCase,
): Promise<ScoringRound> {
  const { year, people, trace } = play;
  const appraiser = await people(cast.appraiser);
  const sheets = await allItems(appraiser, '/criteria-sheets', sheetHead);
  const sheet = sheets.findLast(({ code }) => code === cast.sheet);
  if (sheet === undefined) throw new Unexpected(`Không có bảng chấm điểm ${cast.sheet}`, sheets);
  const { content } = await appraiser.get(`/criteria-sheets/${sheet.id}`, wholeSheet);
  const leaves = leavesOf(content.criteria);
  trace.lines([`${sheet.title}: ${leaves.length} tiêu chí tính điểm`]);

  const title = `Chấm điểm thi đua năm ${year}, cụm các huyện, thành phố`;
  const round = await startStoryCase(play, appraiser, 'scoring-rounds', {
    title,
    what: 'chuẩn bị đợt chấm điểm',
    body: { clusterId, year, sheetId: sheet.id, title, movementId: movement.id },
  });
  const opened = await sendEvent(play, appraiser, round, 'OPEN', 'selfScoring');
  const { assessors, deadlines } = roundSchema.parse(opened);
  expectSame(
    deadlines.map(({ kind, unitId }) => `${kind} ${unitId ?? ''}`).sort(),
    members.map(({ unitId }) => `selfScoring ${unitId}`).sort(),
    'Mở đợt chấm điểm thì mỗi đơn vị phải có một hạn tự chấm',
  );
  return Object.assign(round, { members, leaves, assessors });
}

/** Saves a sheet, whole or in part. */
export async function saveSheet(
  play: Play,
  username: string,
  round: ScoringRound,
  { unit, layer, cells, scorer, handedIn }: SheetToSave,
): Promise<z.output<typeof savedSheet>> {
  const scorers = scorer === undefined ? {} : { scorerUnitId: scorer };
  const body = { cells, ...scorers, ...(handedIn === undefined ? {} : { handedIn }) };
  const who = await play.people(username);
  return who.put(`/scoring-rounds/${round.id}/sheets/${unit.unitId}/${layer}`, body, savedSheet);
}

interface SheetToSave {
  unit: Member;
  layer: 'self' | 'cluster' | 'department' | 'verified';
  cells: Record<string, object>;
  /** The unit that scores, where it is another one. */
  scorer?: string;
  handedIn?: boolean;
}
