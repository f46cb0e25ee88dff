import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';

/**
 * Makes the data folder where it is missing (for our own account alone: it holds passwords and personal
 * data) and gives its real path. Throws EmbeddedPostgresError `data-dir-not-writable`.
 */
export async function openDataDir(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/** Our account may not read or write `path`. */
export function notWritable(path: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data-dir-not-writable',
    {
      vi: `Không đọc hoặc ghi được thư mục dữ liệu ${path}. Hãy sửa quyền của nó, hoặc đặt DATA_DIR khác.`,
      en: `The data folder ${path} cannot be read or written. Change its rights, or set another DATA_DIR.`,
    },
    { cause },
  );
}
