import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, open, rm, writeFile } from 'node:fs/promises';
import { buildCluster } from './cluster.ts';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import { SUPERUSER } from './ensureRoles.ts';
import { cannotRun, folderArgument, inFolder, programPath, type ServerProgram } from './serverProgram.ts';

/**
 * Makes a new cluster under `dataDir`: UTF8, Vietnamese order (ICU), checksums, a superuser with `password`.
 * Throws EmbeddedPostgresError `binaries-unusable` or `init-failed`.
 */
export async function initCluster(
  dataDir: string,
  program: ServerProgram,
  password: string,
  durable: boolean,
): Promise<void> {
  await buildCluster(dataDir, program.user, async (folder) => {
    const passwordFile = `${folder}.password`;
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    try {
      if (program.user !== null) await chown(passwordFile, program.user.uid, program.user.gid);
      await runInitdb(folder, program, passwordFile, durable);
    } finally {
      await rm(passwordFile, { force: true });
    }
  });
}

async function runInitdb(
  folder: string,
  program: ServerProgram,
  passwordFile: string,
  durable: boolean,
): Promise<void> {
  const path = programPath(program, 'initdb');
  // Handed over open: the server's account may not be able to walk down to the file.
  const handle = await open(passwordFile, 'r');
  const password = process.platform === 'win32' ? passwordFile : '/dev/fd/3';
  const args = [
    `--pgdata=${folderArgument(folder, program.user)}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=vi',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    const child = spawn(path, args, {
      ...inFolder(folder, program.user),
      stdio: ['ignore', 'pipe', 'pipe', handle.fd],
    });
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [status] = (await once(child, 'close').catch(async (cause: unknown) => {
      throw await cannotRun(path, cause as Error);
    })) as [number | null];
    if (status !== 0) throw initFailed(status, said);
  } finally {
    await handle.close();
  }
}

function initFailed(status: number | null, said: string): EmbeddedPostgresError {
  const tail = said.trim().split('\n').slice(-8).join('\n');
  return new EmbeddedPostgresError('init-failed', {
    vi: `Không tạo được cơ sở dữ liệu (initdb kết thúc với mã ${status ?? '?'}):\n${tail}`,
    en: `The database could not be made (initdb ended with ${status ?? '?'}).`,
  });
}
