import type { Knex } from 'knex';

interface InstallationRow {
  id: number;
  kind: 'demo' | 'real';
  made_at: Date;
}

/** What this database was made as, or null while it is empty. */
export async function readInstallation(db: Knex): Promise<'demo' | 'real' | null> {
  return (await db<InstallationRow>('installation').first())?.kind ?? null;
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
