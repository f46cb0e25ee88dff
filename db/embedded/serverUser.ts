import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';

/** The account that the server runs as, where it is not our own. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** In this order; no account is ever made. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root. As root: the account to switch to. As anybody else: null, stay.
 * Throws EmbeddedPostgresError `no-server-user`.
 */
export async function chooseServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return pickServerUser(accounts);
}

/** The account among the lines of a passwd file that PostgreSQL shall run as. */
export function pickServerUser(passwd: string): ServerUser {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const row = rows.find((fields) => fields[0] === name);
    const uid = Number(row?.[2]);
    const gid = Number(row?.[3]);
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0) return { uid, gid };
  }
  throw new EmbeddedPostgresError('no-server-user', {
    vi: 'PostgreSQL không chạy bằng quyền root, và máy không có tài khoản "postgres" hay "nobody". Hãy chạy bằng một người dùng thường.',
    en: 'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" here. Run as an ordinary user.',
  });
}
