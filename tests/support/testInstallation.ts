import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of an installation on a given database, with its signing key. */
export interface TestInstallation {
  folder: string;
  signingKeyFile: string;
  remove(): Promise<void>;
}

export async function createTestInstallation(): Promise<TestInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'sovang-e2e-'));
  const signingKeyFile = join(folder, 'signing-key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(signingKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { folder, signingKeyFile, remove: () => rm(folder, { recursive: true, force: true }) };
}
