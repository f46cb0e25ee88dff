import type { Knex } from 'knex';
import { z } from 'zod';
import { insertMails } from '../../db/mails.ts';
import { lockMessage, markMessageDone } from '../../db/outbox.ts';
import { readCaseTitles } from '../../db/views/caseTitles.ts';
import { parties, templates } from '../../workflows/effects.ts';
import type { Ports } from '../ports.ts';
import { noticeSeats, provinceRole } from './audience.ts';
import { findPeople } from './findPeople.ts';
import { messageIdOf } from './messageId.ts';
import { renderNotice } from './renderNotice.ts';

export interface NoticeDeps {
  db: Knex;
  ports: Ports;
  publicUrl: string;
}

/** What the door puts into an outbox row of kind `notify`. */
const payloadSchema = z.object({
  instanceId: z.uuid(),
  workflow: z.string(),
  template: z.enum(templates),
  to: z.enum(parties),
});

/**
 * Turns one outbox message into a mail to each person of its party, as offices and clusters are today, and marks it
 * done, in one transaction. May run twice: a message that is done, or in other hands just now, is left alone.
 */
export async function deliverNotice({ db, ports, publicUrl }: NoticeDeps, id: string): Promise<void> {
  await db.transaction(async (trx) => {
    const message = await lockMessage(trx, id);
    if (message === null) return;
    const { instanceId, template, to } = payloadSchema.parse(message.payload);
    const about = (await readCaseTitles(trx, [instanceId])).get(instanceId);
    if (about === undefined) throw new Error(`message ${id} is about no case`);
    const today = ports.clock.today();
    const role = provinceRole(to);
    const people = await findPeople(trx, today, {
      clusterIds: about.cluster_id === null ? [] : [about.cluster_id],
      roles: role === null ? [] : [role],
    });
    const letter = renderNotice(template, about, publicUrl);
    const accounts = people.on(noticeSeats(to, about.unit_id, people.cluster(about.cluster_id)));
    if (accounts.length === 0) ports.log.warn({ message: id, template, to }, 'a notice reaches nobody');
    await insertMails(
      trx,
      accounts.map((accountId) => {
        const mailId = ports.newId();
        return {
          id: mailId,
          kind: 'notice',
          account_id: accountId,
          on_date: today,
          outbox_id: id,
          message_id: messageIdOf(mailId, publicUrl),
          subject: letter.subject,
          body: letter.text,
          created_at: ports.clock.now(),
        };
      }),
    );
    await markMessageDone(trx, id, ports.clock.now());
  });
}
