import { powerOfTen, roundHalfAway, ZERO, type Exact } from './exact.ts';

/** Why a text is no number that can be scored. */
export type NumberFault = 'notANumber' | 'outOfRange';

// JSON's own grammar, so that what a file may say and what a stored cell may say are the same.
const grammar = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

// A double ends at 308 digits as well. Without a bound 1e999999999 would fill the memory.
const mostDigits = 309;
const mostPlaces = 400;

// 7, 7.5 and 7.25 share one denominator, so that adding and comparing points needs no common one.
const leastPlaces = 4;

/** Reads a decimal as it is written, exactly: '7.50', '-3', '1.5e2'. */
export function parseDecimal(text: string): Exact | NumberFault {
  const parts = grammar.exec(text);
  if (parts === null) return 'notANumber';
  const [, sign = '', digits = '', fraction = '', exponent = '0'] = parts;
  const significant = (digits + fraction).replace(/^0+/, '');
  if (significant === '') return ZERO;
  const places = fraction.length - Number(exponent);
  if (places > mostPlaces || significant.length - places > mostDigits) return 'outOfRange';
  const kept = Math.max(places, leastPlaces);
  const size = BigInt(significant) * powerOfTen(kept - places);
  return { n: sign === '-' ? -size : size, d: powerOfTen(kept) };
}

const exactPlaces = 30;
const roundedPlaces = 12;

/**
 * Writes a number as a decimal without exponent and without needless zeros. What ends within 30 places is
 * written in full; what does not (a third of a point, where only totals are rounded) is cut to 12 places.
 */
export function printDecimal(value: Exact): string {
  const places = powersOfTen.indexOf(value.d);
  if (places >= 0) return placePoint(value.n, places);
  const scaled = value.n * powerOfTen(exactPlaces);
  if (scaled % value.d === 0n) return placePoint(scaled / value.d, exactPlaces);
  return placePoint(roundHalfAway(value, roundedPlaces).n, roundedPlaces);
}

const powersOfTen = Array.from({ length: roundedPlaces + 1 }, (_, places) => powerOfTen(places));

function placePoint(n: bigint, places: number): string {
  if (places === 0) return n.toString();
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const sign = n < 0n ? '-' : '';
  return sign + digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}
