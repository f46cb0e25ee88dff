import type { SpawnOptions } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';
import type { ServerUser } from './serverUser.ts';

/** Which programs run, as whom (null: as ourselves). */
export interface ServerProgram {
  folder: string;
  user: ServerUser | null;
}

/** The path of one of PostgreSQL's programs. */
export function programPath(program: ServerProgram, name: 'initdb' | 'postgres'): string {
  return join(program.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * How the server names its data folder. The folders above it may be closed to the account it runs as
 * (root's 0700 clone); but node enters the folder before it gives up root, and Linux lets a process name
 * its current folder without walking down to it.
 */
export function folderArgument(folder: string, user: ServerUser | null): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : folder;
}

/** Spawn options common to both programs: in `folder`, as the server's account, in a clean environment. */
export function inFolder(folder: string, user: ServerUser | null): SpawnOptions {
  const environment = process.platform === 'win32' ? {} : { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } };
  return { cwd: folder, ...(user ?? {}), ...environment };
}

/** Why a program could not even be started, for people. */
export async function cannotRun(path: string, cause: Error): Promise<EmbeddedPostgresError> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  // The file is there and the kernel (or the shell) says it is not: its loader is missing, as on Alpine.
  const saysMissing =
    (cause as NodeJS.ErrnoException).code === 'ENOENT' || cause.message.endsWith('not found');
  const noLoader = saysMissing && isThere;
  return new EmbeddedPostgresError(
    'binaries-unusable',
    noLoader
      ? {
          vi: 'PostgreSQL nhúng cần glibc; máy này (Alpine, musl?) không có. Hãy dùng Debian, hoặc đặt DATABASE_URL và DATABASE_OWNER_URL.',
          en: 'The embedded PostgreSQL needs glibc, which this machine (Alpine, musl?) lacks. Use Debian, or set DATABASE_URL and DATABASE_OWNER_URL.',
        }
      : {
          vi: `Không chạy được PostgreSQL nhúng: ${path} (${cause.message}).`,
          en: `The embedded PostgreSQL cannot be run: ${path} (${cause.message}).`,
        },
    { cause },
  );
}
