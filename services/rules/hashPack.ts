import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonicalJson.ts';
import type { RulePack } from './rulePack.ts';

/** SHA-256 (hexadecimal) of the pack's canonical JSON: the same however the file is laid out or the database stores it. */
export function hashPack(pack: RulePack): string {
  return createHash('sha256').update(canonicalJson(pack)).digest('hex');
}
