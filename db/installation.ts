import type { Knex } from 'knex';

const NO_SUCH_TABLE = '42P01';

interface InstallationRow {
  id: number;
  kind: 'demo' | 'real';
  made_at: Date;
}

/** What this database was made as, or null while it is empty: also before its first migration. */
export async function readInstallation(db: Knex): Promise<'demo' | 'real' | null> {
  try {
    return (await db<InstallationRow>('installation').first())?.kind ?? null;
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_TABLE) return null;
    throw error;
  }
}

/** Stamps an empty database; false when another process was first. */
export async function stampInstallation(
  trx: Knex.Transaction,
  kind: 'demo' | 'real',
  at: Date,
): Promise<boolean> {
  const made = await trx<InstallationRow>('installation')
    .insert({ id: 1, kind, made_at: at })
    .onConflict('id')
    .ignore()
    .returning('id');
  return made.length === 1;
}
