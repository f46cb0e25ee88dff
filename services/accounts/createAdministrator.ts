import type { Knex } from 'knex';
import type { z } from 'zod';
import { readInstallation } from '../../db/installation.ts';
import { sendNotice } from '../../db/notices.ts';
import { insertOffice } from '../../db/offices.ts';
import { isMigrated } from '../../db/readiness.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { newAccountSchema } from './accountFields.ts';
import { createAccount, type NewAccount } from './createAccount.ts';

/**
 * Makes an administrator of a real installation, whose first one nobody can make over HTTP. Throws InvalidInput with
 * every problem at once, NotAllowedNow for a taken username and for a database that is not a migrated, real one.
 */
export async function createAdministrator(
  db: Knex,
  ports: Pick<Ports, 'newId' | 'clock'>,
  wanted: NewAccount,
): Promise<string> {
  const parsed = newAccountSchema.safeParse(wanted);
  if (!parsed.success) throw new InvalidInput(parsed.error.issues.map(problemOf));
  await refuseOtherThanReal(db);
  return db.transaction(async (trx) => {
    const id = await createAccount(trx, ports, parsed.data);
    await insertOffice(trx, {
      id: ports.newId(),
      account_id: id,
      role: 'administrator',
      unit_id: null,
      title: 'Quản trị hệ thống',
      valid_from: ports.clock.today(),
      valid_to: null,
    });
    await sendNotice(trx, 'accounts');
    return id;
  });
}

function problemOf({ path, message }: z.core.$ZodIssue) {
  return { pointer: `/${path.join('/')}`, message: { vi: 'Giá trị không hợp lệ.', en: message } };
}

async function refuseOtherThanReal(db: Knex): Promise<void> {
  const ready = await isMigrated(db).catch(() => false);
  const kind = ready ? await readInstallation(db) : null;
  if (kind === 'real') return;
  throw new NotAllowedNow(
    'conflict',
    kind === 'demo'
      ? {
          vi: 'Đây là cơ sở dữ liệu của bản thử; bản thử đã có tài khoản admin.',
          en: 'This is the database of a demo, which has its own admin.',
        }
      : {
          vi: 'Cơ sở dữ liệu chưa được chuẩn bị. Hãy chạy "npm run migrate" với DEMO=0 trước.',
          en: 'The database is not prepared. Run "npm run migrate" with DEMO=0 first.',
        },
  );
}
