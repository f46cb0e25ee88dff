import { z } from 'zod';

/** Text for people in Vietnamese: NFC, so that equal words are equal bytes in hashes and searches. */
const words = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text === text.normalize('NFC'), 'must be in Unicode form NFC')
    .refine((text) => text === text.trim(), 'must not begin or end with a space');

/** A name or sentence in both languages of the product. */
export const bilingual = z.strictObject({ vi: words(500), en: words(500) });

/** A stable identifier: of an award, a component, an authority, a criterion. */
export const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must be letters, digits and _');

/** A calendar day, YYYY-MM-DD. */
export const day = z.iso.date();

/** A positive amount of points, written as a decimal: never a binary double. */
export const points = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})(\.\d{1,6})?$/, 'must be a decimal such as "12.5"')
  .refine((text) => /[1-9]/.test(text), 'must be more than 0');

/** A percentage from 0 to 100, written as a decimal. */
export const percent = z
  .string()
  .regex(/^(100(\.0{1,6})?|[1-9]?\d(\.\d{1,6})?)$/, 'must be a decimal from "0" to "100"');

/** An exact share, 0 < num/den ≤ 1. A share is reached at equality: 9/10 of ten members are nine. */
export const fraction = z
  .strictObject({ num: z.int().min(1).max(1000), den: z.int().min(1).max(1000) })
  .refine(({ num, den }) => num <= den, { message: 'must not be more than the whole', path: ['num'] });
export type Fraction = z.infer<typeof fraction>;

/** `verified`: read in the source that `basis` names. `toConfirm`: a default that an official must confirm. */
export const standings = ['verified', 'toConfirm'] as const;
export type Standing = (typeof standings)[number];

/** What every rule carries: where it comes from, and whether somebody has checked it there. */
export const source = { basis: words(1000), standing: z.enum(standings) };
