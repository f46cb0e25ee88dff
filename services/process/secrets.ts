import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { RandomHex } from '../ports.ts';

/** What the product keeps to itself. */
export interface Secrets {
  /** Under which secrets of sessions and tokens are hashed. */
  session: string;
  /** For personal data at rest. */
  data: string;
  /** Ed25519 private key, PEM. */
  signingKey: string;
}

const keptSchema = z.object({ session: z.string(), data: z.string(), signingKey: z.string() });

/** The configured secrets; a demo makes the missing ones once and keeps them in DATA_DIR. */
export async function readSecrets(
  { secrets, dataDir, demo }: Config,
  randomHex: RandomHex,
): Promise<Secrets> {
  const kept = demo ? await keptSecrets(dataDir, randomHex) : null;
  const signingKey =
    secrets.signingKeyFile === null ? kept?.signingKey : await readFile(secrets.signingKeyFile, 'utf8');
  const session = secrets.session ?? kept?.session;
  const data = secrets.data ?? kept?.data;
  if (session === undefined || data === undefined || signingKey === undefined) {
    throw new Error('SESSION_SECRET, DATA_KEY and SIGNING_KEY_FILE must be set outside demo mode');
  }
  return { session, data, signingKey };
}

async function keptSecrets(dataDir: string, randomHex: RandomHex): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return keptSchema.parse(JSON.parse(known));
  const { privateKey } = generateKeyPairSync('ed25519');
  const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = { session: randomHex(32), data: randomHex(32), signingKey };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
  return made;
}
