import { z } from 'zod';
import { cast } from './cast.ts';
import { beginChapter } from './chapter.ts';
import type { Dossier } from './dossier.ts';
import { expectSame } from './failures.ts';
import { expectExactLedger, ledgerOf } from './ledger.ts';
import type { Play } from './play.ts';
import type { Dossiers } from './playAwards.ts';
import type { StoryCase } from './storyCase.ts';

const historySchema = z.looseObject({
  items: z.array(z.looseObject({ revision: z.int(), type: z.string(), toState: z.string() })),
});

/** The history of a dossier, read by the inspector, holds exactly these events after its drafting. */
async function expectHistory(play: Play, dossier: Dossier, wanted: readonly string[]): Promise<void> {
  const inspector = await play.people(cast.inspector);
  const { items } = await inspector.get(`/nominations/${dossier.id}/history?limit=200`, historySchema);
  const papers = dossier.award.components.map(() => 'documentAdded');
  expectSame(
    items.map(({ type }) => type),
    ['CREATED', ...papers, ...wanted],
    `Quá trình xử lý của "${dossier.title}" khác những gì đã làm`,
  );
  expectSame(
    items.map(({ revision }) => revision),
    items.map((_, index) => index + 1),
    `Quá trình xử lý của "${dossier.title}" không liền`,
  );
  play.trace.lines([`${dossier.title}: ${['CREATED', ...wanted].filter(notRepeated).join(' → ')}`]);
}

/** Votes come one after the other; the trace names them once. */
function notRepeated(event: string, index: number, events: readonly string[]): boolean {
  return event !== events[index - 1];
}

async function checkHistories(play: Play, dossiers: Dossiers): Promise<void> {
  const votes =
    dossiers.flag.award.route.clusterVote === null ? [] : Array<string>(9).fill('CAST_CLUSTER_VOTE');
  const council = ['PASS_APPRAISAL', 'COUNCIL_PASSED'];
  const cluster = ['SUBMIT', ...votes, 'CLOSE_CLUSTER_REVIEW'];
  const wanted: Record<keyof Dossiers, string[]> = {
    flag: [...cluster, ...council, 'AWARD'],
    flagShort: [...cluster, 'PASS_APPRAISAL', 'COUNCIL_FAILED'],
    flagDeclined: cluster,
    collective: ['SUBMIT', ...council, 'AWARD', 'REVOKE'],
    collectiveLow: ['SUBMIT', 'PASS_APPRAISAL', 'COUNCIL_FAILED'],
    supplemented: ['SUBMIT', 'RETURN', 'documentAdded', 'RESUBMIT', 'PASS_APPRAISAL', 'AWARD'],
    held: ['SUBMIT', 'HOLD', 'RELEASE', 'PASS_APPRAISAL', 'AWARD'],
    state: ['SUBMIT', ...council, 'FORWARD', 'RECORD_HIGHER_DECISION'],
    secret: ['SUBMIT', 'PASS_APPRAISAL', 'WITHDRAW'],
  };
  for (const [key, events] of Object.entries(wanted)) {
    await expectHistory(play, dossiers[key as keyof Dossiers], events);
  }
}

/** Of all that was owed this year only the late self-score was ever reminded, at each step once. */
async function checkLedger(play: Play, round: StoryCase): Promise<void> {
  const steps = (await ledgerOf(play, round.id)).map(({ step, status }) => `${step} ${status}`);
  expectSame(steps, ['T-7 superseded', 'T-3 due', 'T-1 due'], 'Sổ nhắc việc của đợt chấm điểm');
  for (const other of play.cases.filter(({ id }) => id !== round.id)) {
    expectSame(await ledgerOf(play, other.id), [], `Không ai phải bị nhắc về: ${other.title}`);
  }
  await expectExactLedger(play);
}

/** What the year has left: the history of every dossier, and the ledger of reminders, both exactly. */
export async function checkRecord(play: Play, round: StoryCase, dossiers: Dossiers): Promise<void> {
  await beginChapter(play, 'Kiểm tra quá trình xử lý và sổ nhắc việc', await play.clock.today());
  await checkHistories(play, dossiers);
  await checkLedger(play, round);
}
