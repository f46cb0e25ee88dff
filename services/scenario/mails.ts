import { z } from 'zod';
import { expectSame } from './failures.ts';
import type { Play } from './play.ts';
import { name } from './storyCase.ts';

const mailSchema = z.looseObject({
  messageId: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
});
type Mail = z.output<typeof mailSchema>;
const inboxSchema = z.looseObject({ items: z.array(mailSchema) });

/**
 * The newest mails of a person that lead to this case and whose subject begins so; a message that arrived twice with
 * the same Message-ID (a sender that was killed before it could note the sending) counts as one.
 */
export async function mailsAbout(
  { people }: Play,
  username: string,
  caseId: string,
  subject: string,
): Promise<Mail[]> {
  const person = await people(username);
  const { items } = await person.get('/demo/inbox?limit=200', inboxSchema);
  const about = items.filter((mail) => mail.subject.startsWith(subject) && mail.body.includes(caseId));
  return about.filter(
    ({ messageId }, index) => about.findIndex((mail) => mail.messageId === messageId) === index,
  );
}

/** Waits until each of these people has exactly one such mail about the case. */
export async function expectMail(
  play: Play,
  usernames: readonly string[],
  about: { id: string; title: string },
  subject: string,
): Promise<void> {
  for (const username of usernames) {
    const mails = await play.waitFor(`thư “${subject}…” về ${about.title} cho ${username}`, async () => {
      const found = await mailsAbout(play, username, about.id, subject);
      return found.length > 0 ? found : null;
    });
    expectSame(mails.length, 1, `${username} nhận thư “${subject}…” về ${about.title} nhiều lần`);
  }
  const people = await Promise.all(usernames.map((username) => play.people(username)));
  const shown = people.length > 3 ? `${people.length} người` : people.map(name).join(', ');
  play.trace.lines([`✉ ${shown}: “${subject}…” – ${about.title}`]);
}
