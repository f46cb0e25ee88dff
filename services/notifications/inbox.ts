import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { insertInboxMails } from '../../db/inboxMails.ts';
import type { Ports } from '../ports.ts';

/** The built-in mail server: a real SMTP path that ends in a table. */
export interface Inbox {
  /** Where a mailer reaches it: smtp://127.0.0.1:port. */
  smtpUrl: string;
  close(): Promise<void>;
}

const LARGEST_MAIL = 1_000_000;
const CLOSE_MS = 1_000;

/**
 * Opens a mail server on a free loopback port that keeps what it is sent in inbox_mails, one row for each message and
 * address, also where a message comes twice. It answers 250 only after the row is committed.
 */
export async function startInbox(db: Knex, ports: Ports): Promise<Inbox> {
  const server = new SMTPServer({
    name: 'so-vang.localhost',
    banner: 'So Vang inbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL,
    closeTimeout: CLOSE_MS,
    onData(stream, session, answer) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      keep(db, ports, stream, recipients).then(
        () => {
          answer(null);
        },
        (error: unknown) => {
          ports.log.error({ err: error }, 'the inbox could not keep a mail');
          answer(Object.assign(new Error('try again later'), { responseCode: 451 }));
        },
      );
    },
  });
  server.on('error', (error) => {
    ports.log.warn({ err: error }, 'the inbox lost a connection');
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function keep(
  db: Knex,
  { clock, newId }: Ports,
  stream: Readable,
  recipients: readonly string[],
): Promise<void> {
  const mail = await simpleParser(stream, { skipHtmlToText: true, skipTextToHtml: true });
  await insertInboxMails(
    db,
    recipients.map((recipient) => ({
      id: newId(),
      message_id: mail.messageId ?? null,
      recipient: recipient.toLowerCase(),
      subject: (mail.subject ?? '').normalize('NFC'),
      body: (mail.text ?? '').normalize('NFC'),
      received_at: clock.now(),
    })),
  );
}
