import type { Knex } from 'knex';
import {
  claimMail,
  deleteLines,
  keepWords,
  makeVoid,
  markSent,
  markTryFailed,
  type ClaimedMail,
} from '../../db/mails.ts';
import { settleEntries } from '../../db/reminderEntries.ts';
import { readCaseTitles } from '../../db/views/caseTitles.ts';
import { readDigestLines, type DigestLine } from '../../db/views/digestLines.ts';
import type { Ports } from '../ports.ts';
import { renderDigest } from '../reminders/renderDigest.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import type { Mailer } from './mailer.ts';

export interface SendDeps {
  db: Knex;
  ports: Ports;
  mailer: Mailer;
  publicUrl: string;
  rulebook: Pick<Rulebook, 'workingDaysBetween'>;
}

/** Longer than the mailer lets one mail take: a lease that ends belongs to a process that died. */
const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 8;
const FIRST_RETRY_MS = 30_000;
const LONGEST_ERROR = 500;

/** What became of a mail: `notMine` also where there is nothing left to do. */
export type Sent = 'sent' | 'void' | 'failed' | 'notMine';

/**
 * Sends one mail: claims it, asks again what of a digest is still owed, hands it to the server, marks it. Only when
 * the process dies between the server's answer and the mark does it leave twice, both times with one Message-ID.
 */
export async function sendMail(deps: SendDeps, id: string): Promise<Sent> {
  const { db, ports, mailer } = deps;
  const claimed = await db.transaction((trx) => claim(deps, trx, id));
  if (claimed === 'notMine' || claimed === 'void') return claimed;
  const { mail, subject, text } = claimed;
  try {
    await mailer.send({
      messageId: mail.message_id,
      to: { name: mail.display_name, address: mail.email },
      subject,
      text,
      date: ports.clock.now(),
    });
  } catch (error) {
    const wait = FIRST_RETRY_MS * 2 ** (mail.attempt - 1);
    const retryAt = mail.attempt >= MOST_ATTEMPTS ? null : new Date(ports.clock.wall().getTime() + wait);
    const said = String((error as { message?: unknown }).message ?? error).slice(0, LONGEST_ERROR);
    await markTryFailed(db, mail, { error: said, retryAt });
    ports.log.warn({ err: error, mail: id, attempt: mail.attempt }, 'a mail did not leave');
    return 'failed';
  }
  await markSent(db, id, ports.clock.now());
  return 'sent';
}

interface Claimed {
  mail: ClaimedMail;
  subject: string;
  text: string;
}

async function claim(
  deps: SendDeps,
  trx: Knex.Transaction,
  id: string,
): Promise<Claimed | 'notMine' | 'void'> {
  const { clock } = deps.ports;
  const wall = clock.wall();
  const leaseUntil = new Date(wall.getTime() + LEASE_MS);
  const mail = await claimMail(trx, id, { wall, leaseUntil, today: clock.today() });
  if (mail === null) return 'notMine';
  if (mail.kind === 'notice') return { mail, subject: mail.subject ?? '', text: mail.body ?? '' };

  const lines = await stillOwed(trx, mail);
  if (lines.length === 0) {
    await makeVoid(trx, id);
    return 'void';
  }
  const { subject, text } = await letterOf(deps, trx, lines);
  await keepWords(trx, id, { subject, body: text });
  return { mail, subject, text };
}

/** The lines that somebody still owes. Of a digest that cannot have left yet, the others are taken out for good. */
async function stillOwed(trx: Knex.Transaction, mail: ClaimedMail): Promise<DigestLine[]> {
  const lines = await readDigestLines(trx, mail.id);
  const gone = lines.filter(({ owed }) => !owed).map(({ entry_id }) => entry_id);
  if (mail.was === 'pending') {
    await deleteLines(trx, mail.id, gone);
    await settleEntries(trx, gone);
  }
  return lines.filter(({ owed }) => owed);
}

async function letterOf(
  { ports, publicUrl, rulebook }: SendDeps,
  trx: Knex.Transaction,
  lines: DigestLine[],
) {
  const today = ports.clock.today();
  const cases = await readCaseTitles(
    trx,
    lines.map(({ instance_id }) => instance_id),
  );
  return renderDigest(lines, cases, {
    today,
    publicUrl,
    workingDaysTo: (day) => rulebook.workingDaysBetween(today, day),
  });
}
