import { extname } from 'node:path';
import type { FileType } from './detectFileType.ts';

const LONGEST = 200;

/**
 * The name under which a file is handed out again: the uploader's in NFC, without paths, control characters and
 * what file systems refuse, and with an ending of the type that the content really has.
 */
export function safeFileName(given: string, { endings }: FileType): string {
  const cleaned = given
    .normalize('NFC')
    .replace(/^.*[/\\]/, '')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '');
  const ending = extname(cleaned).toLowerCase();
  const fits = endings.includes(ending);
  const stem = fits ? cleaned.slice(0, -ending.length) : cleaned;
  const kept = Array.from(stem).slice(0, LONGEST).join('').trim();
  return `${kept === '' ? 'tep' : kept}${fits ? cleaned.slice(-ending.length) : endings[0]}`;
}
