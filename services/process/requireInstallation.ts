import { connect } from '../../db/connect.ts';
import { readInstallation } from '../../db/installation.ts';
import type { Config } from '../config.ts';

/** This database was made for the other mode: a demo never opens real data, and the other way round. */
export class WrongInstallation extends Error {
  override readonly name = 'WrongInstallation';
  constructor(found: string, wanted: string) {
    super(
      `Cơ sở dữ liệu này được tạo cho chế độ "${found}", không mở được ở chế độ "${wanted}" (DEMO).\n` +
        `This database was made as "${found}" and does not open as "${wanted}" (DEMO).`,
    );
  }
}

/** The database is empty, or was never filled to its end. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
  constructor() {
    super(
      'Cơ sở dữ liệu chưa được chuẩn bị. Hãy chạy "npm start" hay "npm run migrate" trước.\n' +
        'The database is not prepared. Run "npm start" or "npm run migrate" first.',
    );
  }
}

/**
 * For a process that runs alone on a database that another one has prepared. Throws NotPrepared, or WrongInstallation
 * where the database belongs to the other mode: demo accounts and the movable clock must never meet real data.
 */
export async function requireInstallation(
  { demo }: Pick<Config, 'demo'>,
  databaseUrl: string,
): Promise<void> {
  if (!(await isInstalledAs(demo, databaseUrl))) throw new NotPrepared();
}

/** True where the database was made for this mode, false while it is empty. Throws WrongInstallation. */
export async function isInstalledAs(demo: boolean, databaseUrl: string): Promise<boolean> {
  const db = connect(databaseUrl, { poolSize: 1 });
  try {
    const wanted = demo ? 'demo' : 'real';
    const found = await readInstallation(db);
    if (found !== null && found !== wanted) throw new WrongInstallation(found, wanted);
    return found !== null;
  } finally {
    await db.destroy();
  }
}
