import { publishRulePacks } from '../../db/rulePacks.ts';
import { hashPack } from '../../services/rules/hashPack.ts';
import type { RulePack } from '../../services/rules/rulePack.ts';
import { shippedPacks } from './rulePacks.ts';
import type { TestServer } from './testServer.ts';

/**
 * Publishes the shipped pack of the 2003-law regime with these changes, under another code: of two packs that
 * cover a day, the one that begins last counts.
 */
export async function publishPack(server: TestServer, change: (pack: RulePack) => RulePack): Promise<void> {
  const shipped = (await shippedPacks()).find(({ code }) => code === 'luat-2003');
  if (shipped === undefined) throw new Error('the pack of the 2003-law regime is not shipped');
  const pack = change({ ...shipped, code: 'thu-nghiem' });
  const { ports, rulebook } = server.wired;
  await server.database.db.transaction((trx) =>
    publishRulePacks(trx, [
      {
        id: ports.newId(),
        code: pack.code,
        version: pack.version,
        valid_from: pack.validFrom,
        valid_to: pack.validTo,
        content: pack,
        hash: hashPack(pack),
        published_at: ports.clock.wall(),
      },
    ]),
  );
  await rulebook.refresh();
}
