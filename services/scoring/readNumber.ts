import { isLosslessNumber } from 'lossless-json';
import { parseDecimal } from './decimalText.ts';
import type { NumberReader } from './problems.ts';

/** Reads the numbers of a JSON file, kept as they were written. A text is no number here. */
export function fileNumbers(): NumberReader {
  const parse = remember(parseDecimal);
  return (raw) => (isLosslessNumber(raw) ? parse(raw.value) : 'notANumber');
}

/**
 * Reads the numbers of stored cells and sheets: decimal texts ('7.5'), numbers of a JSON file, or whole
 * numbers. A double with a fraction is refused: it may no longer be the decimal that somebody wrote.
 */
export function cellNumbers(): NumberReader {
  const parse = remember(parseDecimal);
  return (raw) => {
    if (typeof raw === 'string') return parse(raw);
    if (isLosslessNumber(raw)) return parse(raw.value);
    return Number.isSafeInteger(raw) ? parse(String(raw)) : 'notANumber';
  };
}

/** The same few points are written thousands of times in a round: each text is parsed once. */
function remember<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = parse(text);
    known.set(text, value);
    return value;
  };
}
