/**
 * An exact number: the fraction n/d with d > 0. It need not be in lowest terms: points share a few powers of
 * ten as denominators, so looking for common factors at every step would cost more than it saves.
 */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Exact = { n: 0n, d: 1n };

const powers: bigint[] = [1n];

/** 10 to the power of `places`, a whole number from 0. */
export function powerOfTen(places: number): bigint {
  for (let next = powers.length; next <= places; next += 1) powers.push(10n ** BigInt(next));
  return powers[places] ?? 10n ** BigInt(places);
}

/** A whole number. */
export function whole(n: number): Exact {
  return { n: BigInt(n), d: 1n };
}

export function add(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function negate(a: Exact): Exact {
  return { n: -a.n, d: a.d };
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

export function multiply(a: Exact, b: Exact): Exact {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** Throws RangeError when b is zero. */
export function divide(a: Exact, b: Exact): Exact {
  if (b.n === 0n) throw new RangeError('division by zero');
  return b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: a.d * -b.n };
}

/** Negative when a < b, zero when they are equal, positive when a > b. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  if (a.d === b.d || b.n === 0n) return order(a.n, b.n);
  return order(a.n * b.d, b.n * a.d);
}

function order(a: bigint, b: bigint): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

export function smaller(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

/** The highest value, or null where there is none. */
export function highest(values: readonly Exact[]): Exact | null {
  return values.reduce<Exact | null>((best, value) => (best === null ? value : larger(best, value)), null);
}

/** The sum of all values, 0 where there are none. */
export function sum(values: readonly Exact[]): Exact {
  let [total = ZERO] = values;
  let { n } = total;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] ?? ZERO;
    // Points nearly always share one denominator: adding numerators makes no objects on the way.
    if (value.d === total.d) {
      n += value.n;
    } else {
      total = add({ n, d: total.d }, value);
      ({ n } = total);
    }
  }
  return { n, d: total.d };
}

/** Rounds to `scale` decimal places, half away from zero: 2.345 → 2.35, -2.345 → -2.35 at scale 2. */
export function roundHalfAway(value: Exact, scale: number): Exact {
  const d = powerOfTen(scale);
  if (value.d === d) return value;
  const size = value.n < 0n ? -value.n : value.n;
  const rounded = (2n * size * d + value.d) / (2n * value.d);
  return { n: value.n < 0n ? -rounded : rounded, d };
}
