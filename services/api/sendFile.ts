import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A file as an answer: what it holds, what it is, and under which name it is saved. */
export interface SentFile {
  content: Readable;
  contentType: string;
  /** Bytes. */
  size: number;
  name: string;
}

/**
 * Sends a file to be saved, never to be shown: what an uploader wrote must not run in our page. The name goes out
 * in the form of RFC 5987, so that Vietnamese names arrive whole.
 */
export async function sendFile(response: Response, file: SentFile): Promise<void> {
  response.attachment(file.name);
  response.setHeader('Content-Type', file.contentType);
  response.setHeader('Content-Length', file.size);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'private, no-store');
  await pipeline(file.content, response);
}
