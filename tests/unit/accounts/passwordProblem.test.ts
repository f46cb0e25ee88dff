import { describe, expect, test } from '@jest/globals';
import { passwordProblem } from '../../../services/accounts/passwordProblem.ts';

describe('a new password', () => {
  test.each(['Thi đua 2018!', 'mười ký tự', 'KonTum@2736'])('%j will do', (password) => {
    expect(passwordProblem(password, 'snv.canbo')).toBeNull();
  });

  test.each([
    ['ngắn quá', 'at least 10'],
    // Ten code units in the decomposed form, but only six letters.
    ['ữữữữữa'.normalize('NFD'), 'at least 10'],
    ['aaaaaaaaaaaa', 'too few characters'],
    ['x-Snv.CanBo-2018', 'must not hold the username'],
  ])('%j is refused', (password, why) => {
    expect(passwordProblem(password, 'snv.canbo')?.en).toContain(why);
  });
});
