import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startInbox, type Inbox } from '../../../services/notifications/inbox.ts';
import { createMailer, type Mailer } from '../../../services/notifications/mailer.ts';
import { reminderHouse } from '../../support/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/testDatabase.ts';

let database: TestDatabase;
let inbox: Inbox;
let mailer: Mailer;

beforeAll(async () => {
  database = await createTestDatabase();
  const { ports } = await reminderHouse(database.db);
  inbox = await startInbox(database.db, ports);
  mailer = createMailer({
    smtpUrl: inbox.smtpUrl,
    from: { name: 'Sổ Vàng', address: 'so-vang@sovang.example' },
  });
});

afterAll(async () => {
  mailer.close();
  await inbox.close();
  await database.close();
});

test('a mail goes over SMTP with its own Message-ID and Vietnamese words, and a second copy is a second row', async () => {
  const mail = {
    messageId: '<0192e4a0-0000-7000-8000-000000000001@sovang.example>',
    to: { name: 'Cán bộ thi đua Huyện Đăk Glei', address: 'DakGlei.canbo@kontum.example' },
    subject: 'Yêu cầu bổ sung hồ sơ: Xã Đăk Pék – Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh',
    text: 'Hồ sơ cần được bổ sung.\n\n.\nDòng bắt đầu bằng dấu chấm.\n',
    date: new Date('2018-01-02T01:00:00Z'),
  };
  await mailer.send(mail);
  await mailer.send(mail);
  const rows = await database
    .db('inbox_mails')
    .select<object[]>('message_id', 'recipient', 'subject', 'body', 'received_at');
  const kept = {
    message_id: mail.messageId,
    recipient: 'dakglei.canbo@kontum.example',
    subject: mail.subject,
    body: mail.text,
    received_at: new Date('2018-01-02T01:00:00Z'),
  };
  expect(rows).toEqual([kept, kept]);
});

test('a mail that cannot be kept is refused, so that its sender tries again', async () => {
  const broken = await reminderHouse(database.db);
  const elsewhere = await startInbox(database.db, {
    ...broken.ports,
    newId: () => 'no id',
  });
  const sender = createMailer({
    smtpUrl: elsewhere.smtpUrl,
    from: { name: 'x', address: 'x@sovang.example' },
  });
  await expect(
    sender.send({
      messageId: '<1@x>',
      to: { name: '', address: 'a@b.example' },
      subject: 's',
      text: 't',
      date: new Date('2018-01-02T01:00:00Z'),
    }),
  ).rejects.toMatchObject({ responseCode: 451 });
  sender.close();
  await elsewhere.close();
});
