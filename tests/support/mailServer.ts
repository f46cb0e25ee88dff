import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it, before it answered. */
export interface TakenMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

export interface MailServer {
  smtpUrl: string;
  taken: TakenMail[];
  /** Runs after a mail was taken in whole and before the server says so. */
  beforeAnswer: (mail: TakenMail) => Promise<void>;
  close(): Promise<void>;
}

/** A mail server of the test: not the product's own inbox. */
export async function startMailServer(): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 200,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, answer) {
      const take = async () => {
        const mail = await simpleParser(stream);
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const taken = {
          messageId: mail.messageId ?? '',
          to,
          subject: mail.subject ?? '',
          text: mail.text ?? '',
        };
        started.taken.push(taken);
        await started.beforeAnswer(taken);
      };
      take().then(() => {
        answer();
      }, answer);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const started: MailServer = {
    smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken: [],
    beforeAnswer: () => Promise.resolve(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
  return started;
}
