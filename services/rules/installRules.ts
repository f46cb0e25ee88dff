import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { z } from 'zod';
import { insertHolidays } from '../../db/holidays.ts';
import { publishRulePacks } from '../../db/rulePacks.ts';
import type { Ports } from '../ports.ts';
import { hashPack } from './hashPack.ts';
import { loadPacks } from './loadPacks.ts';
import { standings } from './ruleFields.ts';

const PACKS = fileURLToPath(new URL('packs/', import.meta.url));
const HOLIDAYS = fileURLToPath(new URL('../../db/seed/holidays.json', import.meta.url));

const holidaysSchema = z.array(
  z.object({
    date: z.iso.date(),
    name: z.string(),
    kind: z.enum(['holiday', 'swapWorkday']),
    standing: z.enum(standings),
  }),
);

/**
 * Publishes the shipped packs and days off that are not there yet; what an administrator published or changed
 * stays. Throws BadRulePacks when a shipped file is broken.
 */
export async function installRules(trx: Knex.Transaction, { newId, clock }: Ports): Promise<void> {
  const packs = await loadPacks(PACKS);
  await publishRulePacks(
    trx,
    packs.map((pack) => ({
      id: newId(),
      code: pack.code,
      version: pack.version,
      valid_from: pack.validFrom,
      valid_to: pack.validTo,
      content: pack,
      hash: hashPack(pack),
      published_at: clock.wall(),
    })),
  );
  await insertHolidays(trx, holidaysSchema.parse(JSON.parse(await readFile(HOLIDAYS, 'utf8'))));
}
