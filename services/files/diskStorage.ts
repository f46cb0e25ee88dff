import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { RandomHex } from '../ports.ts';
import { CorruptFile, type FileStorage, type ReceivedFile } from './fileStorage.ts';

/**
 * Contents on the disk under `folder`, each at `ab/cd/<sha256>`. A content is written under another name, flushed,
 * and only then renamed to its address: what is there is whole, also after a power cut.
 */
export function createDiskStorage(folder: string, randomHex: RandomHex): FileStorage {
  const incoming = join(folder, 'incoming');
  const addressOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    receive: (content) => receive(content, join(incoming, randomHex(16))),
    keep: ({ path, sha256 }) => moveTo(path, addressOf(sha256)),
    discard: ({ path }) => rm(path, { force: true }),
    discardOlderThan: (before) => discardOlderThan(incoming, before),
    open: (sha256) => openVerified(addressOf(sha256), sha256),
  };
}

async function receive(content: Readable, path: string): Promise<ReceivedFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return { path, sha256: hash.digest('hex'), size };
}

async function discardOlderThan(folder: string, before: Date): Promise<number> {
  const names = await readdir(folder).catch(nothingIfMissing);
  let discarded = 0;
  for (const path of names.map((name) => join(folder, name))) {
    // Another process may be first.
    const entry = await stat(path).catch(nothingIfMissing);
    if (!('mtimeMs' in entry) || entry.mtimeMs >= before.getTime()) continue;
    await rm(path, { force: true });
    discarded += 1;
  }
  return discarded;
}

function nothingIfMissing(error: unknown): never[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw error;
}

/** Replaces what is at the address: it is the same content, or was damaged. */
async function moveTo(path: string, address: string): Promise<void> {
  const folder = dirname(address);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(path, address);
  // The name is safe only when the folders that lead to it are.
  for (const each of [folder, dirname(folder), dirname(dirname(folder))]) await flushFolder(each);
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Reads the content twice: what would turn out wrong at its end cannot be taken back from the caller. */
async function openVerified(address: string, sha256: string): Promise<Readable> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(address) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    throw new CorruptFile(sha256, error);
  }
  if (hash.digest('hex') !== sha256) throw new CorruptFile(sha256);
  return createReadStream(address);
}
