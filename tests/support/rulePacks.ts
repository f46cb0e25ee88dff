import { join } from 'node:path';
import { loadPacks } from '../../services/rules/loadPacks.ts';
import { awardRule } from '../../services/rules/lookUpRule.ts';
import type { AwardRule, RulePack } from '../../services/rules/rulePack.ts';

/** Where the shipped rule packs lie. */
export const shippedFolder = join(import.meta.dirname, '../../services/rules/packs');

/** The shipped rule packs, read and checked. */
export function shippedPacks(): Promise<RulePack[]> {
  return loadPacks(shippedFolder);
}

/** The rule of an award in the shipped pack of the 2003-law regime, which the demo province lives under. */
export async function demoAward(code: string): Promise<AwardRule> {
  const pack = (await shippedPacks()).find((one) => one.code === 'luat-2003');
  const rule = pack === undefined ? null : awardRule(pack, code);
  if (rule === null) throw new Error(`the demo pack has no ${code}`);
  return rule;
}
