import { describe, expect, test } from '@jest/globals';
import { awardRule, deadlineRule } from '../../../services/rules/lookUpRule.ts';
import { deadlineKinds } from '../../../workflows/effects.ts';
import { shippedPacks } from '../../support/rulePacks.ts';

const shipped = await shippedPacks();

describe('awardRule', () => {
  test('finds an award by its code and says null for one that is not on offer', () => {
    for (const pack of shipped) {
      expect(awardRule(pack, 'merit_certificate_pm')?.authority).toBe('prime_minister');
      expect(awardRule(pack, 'order_labour_third')).toBeNull();
    }
  });
});

describe('deadlineRule', () => {
  test('every shipped pack has a rule for every kind, whose first reminder lies inside its time', () => {
    for (const pack of shipped) {
      for (const kind of deadlineKinds) {
        const rule = deadlineRule(pack, kind);
        expect(rule.kind).toBe(kind);
        expect(Math.max(...rule.remindBefore)).toBeLessThan(rule.workingDays);
      }
    }
  });

  test('throws for a kind that a pack never checked lacks', () => {
    expect(() => deadlineRule({ code: 'bare', deadlines: [] }, 'issue')).toThrow(
      'rule pack bare has no deadline issue',
    );
  });
});
