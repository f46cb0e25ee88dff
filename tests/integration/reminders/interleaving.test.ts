import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pauseDeadline, resumeDeadline } from '../../../db/deadlines.ts';
import { addWorkingDays } from '../../../services/reminders/workingDays.ts';
import { closeDeadline, openDeadline, openMany, reminderHouse } from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

const COUNT = 60;
const UNITS = ['dakglei', 'ngochoi', 'kontum'];

/** A small generator of its own, so that a failing run can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function rowsOf<Row>(sql: string): Promise<Row[]> {
  const { rows } = await database.db.raw<{ rows: Row[] }>(sql);
  return rows;
}

test.each([1, 2, 3])(
  'sweeps, digests, senders and the door at once keep the ledger exact (run %i)',
  async (seed) => {
    const { db } = database;
    const house = await reminderHouse(db);
    const roll = dice(seed);
    const calendar = house.rulebook.calendar();
    const first = '2018-03-05';
    const ids: { id: string; caseId: string }[] = [];
    for (const owedUnit of UNITS) {
      const many = await openMany(db, COUNT / UNITS.length - 1, {
        kind: 'appraisal',
        owedBy: 'unit',
        owedUnit,
        openedOn: first,
        dueOn: addWorkingDays(first, 8 + roll(4), calendar),
      });
      const cases = await db('deadlines')
        .whereIn('id', many)
        .select<{ id: string; instance_id: string }[]>('id', 'instance_id');
      ids.push(...cases.map(({ id, instance_id }) => ({ id, caseId: instance_id })));
      ids.push(
        await openDeadline(db, {
          kind: 'appraisal',
          owedBy: 'unit',
          owedUnit,
          openedOn: first,
          dueOn: '2018-03-15',
        }),
      );
    }
    // Every fifth try the server takes the mail and the sender never learns of it.
    let tries = 0;
    house.onSend = () => {
      tries += 1;
      return tries % 5 === 0 ? Promise.reject(new Error('connection lost')) : Promise.resolve();
    };

    for (let day = 1; day <= 20; day += 1) {
      const today = addWorkingDays(first, day, calendar);
      house.goTo(today);
      house.waitWall(3_600_000);
      const one = ids[roll(ids.length)] ?? { id: '', caseId: '' };
      const other = ids[roll(ids.length)] ?? { id: '', caseId: '' };
      await Promise.all([
        house.sweep(),
        house.sweep(),
        house.digest(),
        house.sendAll(),
        house.digest(),
        house.sendAll(),
        closeDeadline(db, one.id, today),
        db.transaction((trx) => pauseDeadline(trx, other.caseId, 'appraisal', today)),
      ]);
      await Promise.all([house.sendAll(), house.sweep(), house.digest()]);
      if (day % 4 === 0) {
        const still = await db('deadlines')
          .whereNotNull('paused_on')
          .whereNull('closed_on')
          .select<{ id: string }[]>('id');
        for (const { id } of still)
          await db.transaction((trx) => resumeDeadline(trx, id, addWorkingDays(today, 3, calendar)));
      }
    }
    house.onSend = () => Promise.resolve();
    house.waitWall(3_600_000);
    await house.sweep();
    await house.digest();
    await house.sendAll();

    expect(
      await rowsOf(`select deadline_id from reminder_entries group by deadline_id, step having count(*) > 1`),
    ).toEqual([]);
    expect(
      await rowsOf(`select account_id from mails where kind = 'digest' and status = 'sent'
                    group by account_id, on_date having count(*) > 1`),
    ).toEqual([]);
    expect(
      await rowsOf(`select e.id, e.status from reminder_entries e join mail_entries l on l.entry_id = e.id
                    join mails m on m.id = l.mail_id where m.status = 'sent' and e.status <> 'due'`),
    ).toEqual([]);
    expect(
      await rowsOf(`select e.id from reminder_entries e join deadlines d on d.id = e.deadline_id
                    where e.status = 'due' and not e.waiting and not exists (
                      select 1 from mail_entries l join mails m on m.id = l.mail_id
                        where l.entry_id = e.id and m.status in ('sent', 'failed'))`),
    ).toEqual([]);
    expect(
      await rowsOf(`select m.account_id from mail_entries l join mails m on m.id = l.mail_id where m.status = 'sent'
                    group by m.account_id, l.entry_id having count(*) > 1`),
    ).toEqual([]);
    expect(await rowsOf(`select id from mails where status in ('pending', 'sending')`)).toEqual([]);
  },
);
