import type { Readable } from 'node:stream';

/** A file that has arrived whole and has no place yet: its content, its hash and its bytes. */
export interface ReceivedFile {
  path: string;
  /** SHA-256 of the content, hexadecimal: its address. */
  sha256: string;
  size: number;
}

/** Where the contents of files lie, outside the database. Identical content is kept once. */
export interface FileStorage {
  /** Takes in a content to its end, safe on the disk. Throws what the stream throws, and leaves nothing then. */
  receive(content: Readable): Promise<ReceivedFile>;
  /** Gives a received file its place; its `path` is gone afterwards. */
  keep(file: ReceivedFile): Promise<void>;
  /** Forgets a received file; one that has been kept stays. */
  discard(file: Pick<ReceivedFile, 'path'>): Promise<void>;
  /** Forgets what arrived before `before` and was never kept nor discarded: a process died. Answers how many. */
  discardOlderThan(before: Date): Promise<number>;
  /** Opens a kept content. Throws CorruptFile when it is lost or no longer what its hash says. */
  open(sha256: string): Promise<Readable>;
}

/** A kept content is lost or has changed: a fault of ours that is never handed out. */
export class CorruptFile extends Error {
  override readonly name = 'CorruptFile';
  constructor(sha256: string, cause?: unknown) {
    super(`the content ${sha256} is lost or has changed`, { cause });
  }
}
