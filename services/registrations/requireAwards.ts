import { InvalidInput } from '../errors.ts';
import type { RulePack } from '../rules/rulePack.ts';

/** Throws InvalidInput for each code that is no award of the pack, with its place in `/awardCodes`. */
export function requireAwards({ awards }: Pick<RulePack, 'awards'>, codes: readonly string[]): void {
  const known = new Set(awards.map(({ code }) => code));
  const problems = codes.flatMap((code, index) => {
    if (known.has(code)) return [];
    const message = {
      vi: `Quy định đang áp dụng không có hình thức "${code}".`,
      en: `The rules in force have no award "${code}".`,
    };
    return [{ pointer: `/awardCodes/${index}`, message }];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
}
