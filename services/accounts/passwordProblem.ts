import type { Text } from '../errors.ts';

/** Of a new password; the demo's own accounts keep theirs. */
export const SHORTEST_PASSWORD = 10;

/** What is wrong with a new password, or null: long enough, and not made of the name it belongs to. */
export function passwordProblem(password: string, username: string): Text | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (plain.length < SHORTEST_PASSWORD) {
    return {
      vi: `Mật khẩu cần ít nhất ${SHORTEST_PASSWORD} ký tự.`,
      en: `A password needs at least ${SHORTEST_PASSWORD} characters.`,
    };
  }
  if (new Set(plain).size < 4) {
    return { vi: 'Mật khẩu lặp lại quá ít ký tự.', en: 'The password repeats too few characters.' };
  }
  if (plain.includes(username.toLowerCase())) {
    return {
      vi: 'Mật khẩu không được chứa tên đăng nhập.',
      en: 'The password must not hold the username.',
    };
  }
  return null;
}
