import { noteMessageError } from '../../db/outbox.ts';
import { deliverNotice, type NoticeDeps } from '../notifications/deliverNotice.ts';
import { sendMail, type SendDeps } from '../notifications/sendMail.ts';
import type { Job } from './jobs.ts';

export interface PerformDeps extends NoticeDeps, SendDeps {
  /** What a sweep does. */
  tick(): Promise<void>;
  /** Says that rows were written which the relay should see soon. */
  ring(): void;
}

/** Does the work of one job: ids in, the row decides what there is to do. */
export async function perform(deps: PerformDeps, job: Job): Promise<void> {
  switch (job.name) {
    case 'sweep':
      await deps.tick();
      return;
    case 'notice':
      await notice(deps, job.id);
      return;
    case 'mail':
      await sendMail(deps, job.id);
  }
}

async function notice(deps: PerformDeps, id: string): Promise<void> {
  try {
    await deliverNotice(deps, id);
  } catch (error) {
    await noteMessageError(deps.db, id, String(error).slice(0, 500));
    throw error;
  }
  deps.ring();
}
