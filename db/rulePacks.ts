import type { Knex } from 'knex';
import { json } from './connect.ts';

export interface RulePackRow {
  id: string;
  code: string;
  version: number;
  valid_from: string | null;
  valid_to: string | null;
  content: unknown;
  hash: string;
  published_at: Date;
}

/** Every published pack. */
export function readRulePacks(db: Knex): Promise<RulePackRow[]> {
  return db<RulePackRow>('rule_packs').orderBy(['code', 'version']);
}

/** Publishes packs; a version that is there already stays as it is. */
export async function publishRulePacks(trx: Knex.Transaction, rows: readonly RulePackRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx('rule_packs')
    .insert(rows.map((row) => ({ ...row, content: json(row.content) })))
    .onConflict(['code', 'version'])
    .ignore();
}
