import { z } from 'zod';
import { awardsOfTheYear } from './awardKinds.ts';
import { cast } from './cast.ts';
import { beginChapter } from './chapter.ts';
import { checkRecord } from './checkRecord.ts';
import { crossScore, verifyAndFinalize } from './crossScoring.ts';
import { addWeekdays } from './days.ts';
import { findYear, planOf } from './findYear.ts';
import { tableOfAwards } from './goldenBook.ts';
import { createHttpClient, type HttpOptions } from './httpClient.ts';
import { launchMovement } from './launchMovement.ts';
import { expectMail } from './mails.ts';
import { createPeople, type People } from './people.ts';
import { leaderOf, officerOf, type Play } from './play.ts';
import { playAwards } from './playAwards.ts';
import { registerUnits } from './registerUnits.ts';
import { remindLateUnit } from './remindLateUnit.ts';
import { concludeMovement, reviewAtMidterm } from './reviewMovement.ts';
import { showResult } from './roundResult.ts';
import { openScoringRound } from './scoringRound.ts';
import { scoreOwnUnits } from './selfScoring.ts';
import { createStoryClock } from './storyClock.ts';
import { createTrace } from './trace.ts';
import { waitingAtMost } from './waitFor.ts';

export interface PlayOptions extends HttpOptions {
  /** The password of the demo accounts. */
  password: string;
  /** Prints a line of the trace. */
  say: (line: string) => void;
  /** How long a mail or a reminder may take; 30 s unless said. */
  longestWaitMs?: number;
}

/** A play that went wrong, and where in the story it was. */
export class PlayFailed extends Error {
  override readonly name = 'PlayFailed';
  constructor(where: string, cause: unknown) {
    super(where, { cause });
  }
}

/**
 * Plays the next free emulation year of the demo province against a running product, from a launched movement to the
 * golden book and a revoked award, and checks each step. Answers the year. Throws PlayFailed on the first thing that
 * goes wrong; `cause` says what.
 */
export async function playYear(options: PlayOptions): Promise<number> {
  const trace = createTrace(options.say);
  let year = 0;
  const http = createHttpClient(options, () => String(year));
  const people = createPeople(http, options.password);
  try {
    const clock = createStoryClock(people, trace);
    year = await findYear(people, clock);
    const waitFor = waitingAtMost(options.longestWaitMs);
    const labelOf = await eventLabels(people);
    const play: Play = { year, people, trace, clock, waitFor, labelOf, cases: [] };
    const anybody = async (path: string) =>
      (await http.send({ username: 'ai cũng được', cookie: null }, { method: 'GET', path })).body;
    await playFrom(play, anybody);
    return year;
  } catch (error) {
    throw new PlayFailed(trace.where(), error);
  }
}

async function playFrom(play: Play, anybody: (path: string) => Promise<unknown>): Promise<void> {
  const plan = planOf(play.year);
  const awards = await awardsOfTheYear(await play.people(cast.appraiser));
  play.trace.lines([`Năm thi đua ${play.year}. Quy định đang áp dụng: ${awards.pack}`]);

  await beginChapter(play, 'Phát động phong trào', plan.launch);
  const movement = await launchMovement(play);

  await beginChapter(play, 'Đăng ký thi đua, ký giao ước', plan.registration);
  const registered = await registerUnits(play, movement, awards);

  await reviewAtMidterm(play, movement);

  await beginChapter(play, 'Chấm điểm trong cụm: tự chấm', plan.scoring);
  const round = await openScoringRound(play, registered, movement);
  await scoreOwnUnits(play, round);
  await beginChapter(play, 'Chấm điểm trong cụm: nhắc đơn vị chậm', await play.clock.today());
  await remindLateUnit(play, round);
  await beginChapter(play, 'Chấm điểm trong cụm: chấm chéo, sở ngành', await play.clock.today());
  await crossScore(play, round);
  await beginChapter(play, 'Thẩm định và chốt điểm', addWeekdays(await play.clock.today(), 1));
  await verifyAndFinalize(play, round);
  const ranked = await showResult(play, round);
  const everyone = registered.members.flatMap((member) => [officerOf(member), leaderOf(member)]);
  await expectMail(play, everyone, round, 'Kết quả chấm điểm');

  const awarded = await playAwards(play, { plan, round, ranked, members: registered.members, anybody });
  await concludeMovement(play, movement);
  await checkRecord(play, round, awarded.dossiers);
  await beginChapter(play, `Khen thưởng năm ${play.year}`, await play.clock.today());
  play.trace.lines(tableOfAwards(awarded.book));
}

const workflowsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      name: z.string(),
      events: z.array(z.looseObject({ type: z.string(), label: z.object({ vi: z.string() }) })),
    }),
  ),
});

async function eventLabels(people: People): Promise<Play['labelOf']> {
  const { items } = await (await people('admin')).get('/workflows', workflowsSchema);
  const labels = new Map(
    items.flatMap(({ name, events }) => events.map(({ type, label }) => [`${name} ${type}`, label.vi])),
  );
  return (workflow, event) => labels.get(`${workflow} ${event}`) ?? event;
}
