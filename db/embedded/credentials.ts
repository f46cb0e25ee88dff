import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';

/** The passwords of the three roles: lower-case hex, so safe in a URL and in SQL. */
export interface Credentials {
  superuser: string;
  owner: string;
  app: string;
}

/** Made on the first start; random. */
export function makeCredentials(): Credentials {
  const secret = (): string => randomBytes(24).toString('hex');
  return { superuser: secret(), owner: secret(), app: secret() };
}

/** The passwords kept in `dataDir`; throws EmbeddedPostgresError `credentials-lost`. */
export async function readCredentials(dataDir: string): Promise<Credentials> {
  const file = credentialsFile(dataDir);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Credentials;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'credentials-lost',
      {
        vi: `Có cơ sở dữ liệu nhưng không đọc được mật khẩu của nó: ${file}. Hãy khôi phục tệp này từ bản sao lưu.`,
        en: `The database is there but its passwords cannot be read: ${file}. Restore that file from a backup.`,
      },
      { cause },
    );
  }
}

/** Writes the passwords so that only our own account can read them, whole or not at all. */
export async function writeCredentials(dataDir: string, credentials: Credentials): Promise<void> {
  const file = credentialsFile(dataDir);
  const draft = await open(`${file}.new`, 'w', 0o600);
  try {
    await draft.chmod(0o600);
    await draft.writeFile(`${JSON.stringify(credentials)}\n`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.new`, file);
}

function credentialsFile(dataDir: string): string {
  return join(dataDir, 'postgres-credentials.json');
}
