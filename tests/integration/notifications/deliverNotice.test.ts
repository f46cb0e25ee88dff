import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverNotice } from '../../../services/notifications/deliverNotice.ts';
import { newId } from '../../../services/ports.ts';
import { forgetDeadlines, openDeadline, reminderHouse, type ReminderHouse } from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';

let database: TestDatabase;
let house: ReminderHouse;
let caseId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  house = await reminderHouse(database.db);
  const made = await openDeadline(database.db, {
    kind: 'clusterReview',
    owedBy: 'clusterLead',
    owedCluster: 'khoi-doan-the',
    caseUnit: 'tinhdoan',
    openedOn: '2018-01-02',
    dueOn: '2018-01-16',
  });
  caseId = made.caseId;
});

afterAll(() => database.close());

const deliver = (id: string) =>
  deliverNotice({ db: database.db, ports: house.ports, publicUrl: 'https://sovang.example' }, id);

async function message(to: string, template = 'nominationSubmitted'): Promise<string> {
  const id = newId();
  const payload = { instanceId: caseId, workflow: 'nomination', template, to };
  await database.db('outbox').insert({ id, kind: 'notify', payload, created_at: '2018-01-02T01:00:00Z' });
  return id;
}

async function told(id: string): Promise<string[]> {
  const rows = await database
    .db('mails as m')
    .join('accounts as a', 'a.id', 'm.account_id')
    .where('m.outbox_id', id)
    .orderBy('a.username')
    .select<{ username: string }[]>('a.username');
  return rows.map(({ username }) => username);
}

describe('a notice', () => {
  test.each([
    ['unit', ['tinhdoan.canbo', 'tinhdoan.lanhdao']],
    ['clusterLead', ['mttq.canbo', 'mttq.lanhdao']],
    ['appraiser', ['snv.chuyenvien']],
    ['agencyHead', ['snv.lanhdao']],
    ['recordsClerk', ['snv.vanthu']],
    ['councilSecretary', ['hd.thuky']],
    ['chairman', ['chutich']],
    ['issuingClerk', ['vpub.vanthu']],
    [
      'councilMembers',
      ['chutich', ...Array.from({ length: 12 }, (_, n) => `hd.${String(n + 2).padStart(2, '0')}`)],
    ],
    [
      'eachMember',
      ['hoiccb', 'hoilhpn', 'hoinongdan', 'ldld', 'mttq', 'tinhdoan'].flatMap((unit) => [
        `${unit}.canbo`,
        `${unit}.lanhdao`,
      ]),
    ],
  ])('to %s reaches those people', async (to, people) => {
    const id = await message(to);
    await deliver(id);
    expect(await told(id)).toEqual(people);
  });

  test('delivered three times at once is one mail to each, and the message is done', async () => {
    const id = await message('unit');
    await Promise.all([deliver(id), deliver(id), deliver(id)]);
    await deliver(id);
    expect(await told(id)).toEqual(['tinhdoan.canbo', 'tinhdoan.lanhdao']);
    const [row] = await database.db('outbox').where({ id }).select<{ done_at: Date | null }[]>('done_at');
    expect(row?.done_at).toEqual(new Date('2018-01-02T01:00:00Z'));
  });

  test('that cannot be understood is refused and stays undone', async () => {
    const id = await message('unit', 'noSuchTemplate');
    await expect(deliver(id)).rejects.toThrow();
    expect(await told(id)).toEqual([]);
    const [row] = await database.db('outbox').where({ id }).select<{ done_at: Date | null }[]>('done_at');
    expect(row?.done_at).toBeNull();
    await forgetDeadlines(database.db);
  });
});
