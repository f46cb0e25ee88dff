import { describe, expect, test } from '@jest/globals';
import { hashPack } from '../../../services/rules/hashPack.ts';
import { rulePackSchema } from '../../../services/rules/rulePack.ts';
import { shippedPacks } from '../../support/rulePacks.ts';

const shipped = await shippedPacks();

/** The same value with the keys of every object the other way round, as jsonb may give them back. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
}

describe('hashPack', () => {
  test('does not depend on the order of keys', () => {
    for (const pack of shipped) {
      expect(hashPack(rulePackSchema.parse(turned(pack)))).toBe(hashPack(pack));
    }
  });

  test('is 64 hexadecimal digits, another for each pack and for each change', () => {
    const changed = shipped.map((pack) => ({ ...pack, version: pack.version + 1 }));
    const hashes = [...shipped, ...changed].map(hashPack);
    expect(new Set(hashes).size).toBe(6);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
