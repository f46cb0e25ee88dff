import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidConfig, type Config } from '../config.ts';
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

/**
 * The configured secrets; a demo makes the missing ones once and keeps them in DATA_DIR. Throws InvalidConfig for a
 * signing key that cannot be read or is none.
 */
export async function readSecrets(
  { secrets, dataDir, demo }: Config,
  randomHex: RandomHex,
): Promise<Secrets> {
  const { session, data, signingKeyFile } = secrets;
  const signingKey = signingKeyFile === null ? null : await readKey(signingKeyFile);
  if (session !== null && data !== null && signingKey !== null) return { session, data, signingKey };
  if (!demo) {
    throw new InvalidConfig(['SESSION_SECRET, DATA_KEY, SIGNING_KEY_FILE: must be set outside demo mode']);
  }
  const kept = await keptSecrets(dataDir, randomHex);
  return {
    session: session ?? kept.session,
    data: data ?? kept.data,
    signingKey: signingKey ?? kept.signingKey,
  };
}

async function readKey(file: string): Promise<string> {
  try {
    const pem = await readFile(file, 'utf8');
    if (createPrivateKey(pem).asymmetricKeyType === 'ed25519') return pem;
  } catch (error) {
    throw new InvalidConfig([`SIGNING_KEY_FILE: ${(error as Error).message}`]);
  }
  throw new InvalidConfig([`SIGNING_KEY_FILE: ${file} is not an Ed25519 key`]);
}

/** Several processes may start on one folder at once: the first whole file counts for all of them. */
async function keptSecrets(dataDir: string, randomHex: RandomHex): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const known = await readKept(file);
  if (known !== null) return known;
  const { privateKey } = generateKeyPairSync('ed25519');
  const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = { session: randomHex(32), data: randomHex(32), signingKey };
  const draft = `${file}.${randomHex(6)}`;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(draft, JSON.stringify(made), { mode: 0o600, flag: 'wx', flush: true });
  const taken = await link(draft, file).then(
    () => false,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
      throw error;
    },
  );
  await rm(draft);
  return (taken ? await readKept(file) : null) ?? made;
}

async function readKept(file: string): Promise<Secrets | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : keptSchema.parse(JSON.parse(text));
}
