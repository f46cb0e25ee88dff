import { parse } from 'lossless-json';
import { printPath, type Problem } from './problems.ts';
import { textPlace } from './textPlace.ts';

/** A parsed file with the keys that stand twice in it, or why it is not JSON. */
export type ParsedBundle =
  { readonly value: unknown; readonly repeatedKeys: readonly Problem[] } | { readonly notJson: string };

/**
 * Parses the bytes of a file as JSON, with every number kept as it is written. Says where a file stops being
 * JSON (NaN and Infinity are none), and which keys stand twice with different values: nobody can say which
 * one was meant.
 */
export function parseBundle(bytes: Uint8Array): ParsedBundle {
  const text = decode(bytes);
  if (text === null) return { notJson: 'the bytes are no UTF-8 text' };
  const repeatedKeys: Problem[] = [];
  const onDuplicateKey = ({ key, position }: { key: string; position: number }): undefined => {
    // The library gives the place behind the opening quote.
    const { line, column, path } = textPlace(text, position - 1);
    const message = `stands twice with different values (line ${line}, column ${column})`;
    repeatedKeys.push({ path: [...path, key], message });
  };
  try {
    return { value: parse(text, null, { onDuplicateKey }), repeatedKeys };
  } catch (error) {
    return { notJson: describe(text, error) };
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function describe(text: string, error: unknown): string {
  if (!(error instanceof Error)) throw error;
  // The parser calls itself for each level and ends with the stack.
  if (error.name === 'RangeError') return 'it is nested too deeply';
  const found = /^(.*) at position (\d+)$/s.exec(error.message);
  if (error.name !== 'SyntaxError' || found === null) throw error;
  const [, reason = '', position = ''] = found;
  const { line, column, path } = textPlace(text, Number(position));
  const [word] = /^(?:NaN|Infinity)/.exec(text.slice(Number(position))) ?? [];
  const inside = path.length === 0 ? '' : `, in ${printPath(path)}`;
  // The reason may quote a raw character of the file, which must not reach a terminal as a command.
  const why = word === undefined ? reason.replace(/\p{Cc}/gu, '?') : `${word} is no number of JSON`;
  return `${why} at line ${line}, column ${column}${inside}`;
}
