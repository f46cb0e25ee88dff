import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';

/** What one link of a case's history says; `detail` stands in it only by its salted digest. */
export interface Link {
  instanceId: string;
  revision: number;
  kind: 'created' | 'event' | 'fact';
  type: string;
  fromState: string | null;
  toState: string;
  actorId: string | null;
  officeId: string | null;
  /** Domain time, RFC 3339 UTC with milliseconds. */
  at: string;
  detailDigest: string;
}

/** The hash before the first link of every case. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 in hexadecimal over the previous hash and the link's canonical JSON. */
export function linkHash(previous: string, link: Link): string {
  return sha256(previous + canonicalJson(link));
}

/** SHA-256 in hexadecimal over the salt and the detail's canonical JSON. */
export function detailDigest(salt: string, detail: unknown): string {
  return sha256(salt + canonicalJson(detail));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
