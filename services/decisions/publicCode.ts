const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 128n;

/** 128 bits, given in hexadecimal, as 26 characters of base32 (RFC 4648, no padding). */
export function toPublicCode(hex: string): string {
  // Two zero bits at the end make 26 whole characters.
  const bits = BigInt(`0x${hex}`) << 2n;
  let code = '';
  for (let shift = BITS + 2n - 5n; shift >= 0n; shift -= 5n) {
    code += ALPHABET.charAt(Number((bits >> shift) & 31n));
  }
  return code;
}

/** A public code as people may type it: any case; 26 characters of base32. */
export const PUBLIC_CODE = /^[A-Za-z2-7]{26}$/;
