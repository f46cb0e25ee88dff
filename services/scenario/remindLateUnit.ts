import { z } from 'zod';
import { cast } from './cast.ts';
import { addWeekdays, inVietnamese } from './days.ts';
import { expectSame, Unexpected } from './failures.ts';
import { entriesOf, ledgerOf, type LedgerEntry } from './ledger.ts';
import { mailsAbout } from './mails.ts';
import { officerOf, type Member, type Play } from './play.ts';
import { roundSchema, type ScoringRound } from './scoringRound.ts';
import { handInOwnSheet } from './selfScoring.ts';
import { name, refuseEvent, sendEvent } from './storyCase.ts';

const owedSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      kind: z.string(),
      dueOn: z.iso.date(),
      workingDaysLeft: z.int(),
      case: z.looseObject({ id: z.uuid() }),
    }),
  ),
});

/**
 * The late unit is reminded three working days before its deadline and one working day before it, each time by one
 * mail and by nobody else's; the step before (T-7) was overtaken by the clock and is recorded as superseded. Then the
 * unit hands in and self-scoring is closed.
 */
export async function remindLateUnit(play: Play, round: ScoringRound): Promise<void> {
  const late = round.members.find(({ code }) => code === cast.late);
  if (late === undefined) throw new Unexpected(`Cụm không có đơn vị ${cast.late}`);
  const appraiser = await play.people(cast.appraiser);
  await refuseEvent(play, appraiser, round, 'CLOSE_SELF_SCORING', 'selfScoringClosable');

  const { deadlines } = await appraiser.get(`/scoring-rounds/${round.id}`, roundSchema);
  expectSame(
    deadlines.map(({ kind, unitId }) => [kind, unitId]),
    [['selfScoring', late.unitId]],
    'Chỉ đơn vị chưa nộp còn nợ bản tự chấm',
  );
  const dueOn = deadlines[0]?.dueOn ?? '';
  const told = (steps: string[]) => reminded(play, round, late, steps);
  await play.clock.moveTo(addWeekdays(dueOn, -3));
  await expectDaysLeft(play, round, late, 3);
  await told(['T-7 superseded', 'T-3 due']);
  await play.clock.moveTo(addWeekdays(dueOn, -1));
  await expectDaysLeft(play, round, late, 1);
  await told(['T-7 superseded', 'T-3 due', 'T-1 due']);
  await onlyThisUnit(play, round, late);

  await handInOwnSheet(play, round, late);
  await sendEvent(play, appraiser, round, 'CLOSE_SELF_SCORING', 'crossScoring');
}

/** What the officer sees under “Việc của tôi” agrees with the days that the scenario reckoned. */
async function expectDaysLeft(play: Play, round: ScoringRound, late: Member, days: number): Promise<void> {
  const officer = await play.people(officerOf(late));
  const { items } = await officer.get('/deadlines?limit=200', owedSchema);
  const owed = items.filter((item) => item.case.id === round.id);
  expectSame(
    owed.map(({ kind, workingDaysLeft }) => [kind, workingDaysLeft]),
    [['selfScoring', days]],
    `"Việc của tôi" của ${officer.username} phải ghi còn ${days} ngày làm việc`,
  );
  const due = inVietnamese(owed[0]?.dueOn ?? '');
  play.trace.step(
    name(officer),
    `xem việc của mình: ${round.title}`,
    `còn ${days} ngày làm việc, hạn ${due}`,
  );
}

/** Waits until the ledger holds exactly these steps of the late unit and each mail has reached its inbox. */
async function reminded(play: Play, round: ScoringRound, late: Member, steps: string[]): Promise<void> {
  const officer = await play.people(officerOf(late));
  const entries = await play.waitFor(`sổ nhắc việc của đợt chấm điểm: ${steps.join(', ')}`, async () => {
    const found = await ledgerOf(play, round.id);
    return isTold(found, steps) ? found : null;
  });
  const sent = entries.filter(({ status }) => status === 'due');
  expectSame(
    sent.map(({ mails, owedUnitId }) => [owedUnitId, mails.map(({ to }) => to)]),
    sent.map(() => [late.unitId, [officer.username]]),
    'Nhắc việc phải đến đúng một người của đơn vị còn nợ',
  );
  const ids = sent.flatMap(({ mails }) => mails.map(({ messageId }) => messageId));
  const received = await play.waitFor(
    `${ids.length} thư nhắc trong hộp thư của ${officer.username}`,
    async () => {
      const mails = await mailsAbout(play, officer.username, round.id, 'Sổ Vàng nhắc việc');
      return mails.length >= ids.length ? mails : null;
    },
  );
  expectSame(
    received.map(({ messageId }) => messageId).sort(),
    [...ids].sort(),
    'Mỗi bước nhắc phải là đúng một thư',
  );
  play.trace.step(
    'Hệ thống',
    `nhắc ${name(officer)}: “${received[0]?.subject ?? ''}”`,
    `sổ nhắc việc: ${steps.join(', ')}`,
  );
}

function isTold(entries: readonly LedgerEntry[], steps: readonly string[]): boolean {
  const sent = entries.every(
    ({ status, mails }) => status !== 'due' || mails.some((mail) => mail.status === 'sent'),
  );
  return sent && JSON.stringify(entriesOf(entries)) === JSON.stringify(steps);
}

/** Nobody who has handed in was reminded. */
async function onlyThisUnit(play: Play, round: ScoringRound, late: Member): Promise<void> {
  for (const member of round.members.filter((each) => each !== late)) {
    const mails = await mailsAbout(play, officerOf(member), round.id, 'Sổ Vàng nhắc việc');
    expectSame(mails, [], `${member.name} đã nộp mà vẫn bị nhắc`);
  }
  play.trace.lines([`Chín đơn vị đã nộp không bị nhắc.`]);
}
