import { createTransport } from 'nodemailer';

/** A mail as it leaves: its Message-ID is fixed, so that a second copy can be told from a second mail. */
export interface OutgoingMail {
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  date: Date;
}

/** Hands mails to a server. */
export interface Mailer {
  /** Resolves when the server has taken the mail; rejects when it refused, or nobody knows. */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** smtp://user:password@host:port or smtps://… */
  smtpUrl: string;
  from: { name: string; address: string };
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const WHOLE_SEND_MS = 40_000;

/** Sends over SMTP. One mail takes at most forty seconds: less than the lease under which it is sent. */
export function createMailer({ smtpUrl, from }: MailerOptions): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, to, subject, text, date }) {
      const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'vi' };
      await within(WHOLE_SEND_MS, transport.sendMail({ messageId, from, to, subject, text, date, headers }));
    },
    close: () => {
      transport.close();
    },
  };
}

async function within(limitMs: number, sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the mail server did not finish within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
