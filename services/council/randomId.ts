import type { Ports } from '../ports.ts';

/** A UUIDv4 for anything about ballots and sheets: unlike a UUIDv7 it tells nothing about when it was made. */
export function randomId({ randomHex }: Pick<Ports, 'randomHex'>): string {
  const hex = randomHex(16);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
