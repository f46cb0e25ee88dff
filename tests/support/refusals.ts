import type { DatabaseRefusal } from '../../db/errors.ts';

/** What PostgreSQL said to a statement that it must refuse: SQLSTATE and the rule's name, or its words. */
export async function refusalOf(attempt: PromiseLike<unknown>): Promise<{ code: string; rule: string }> {
  try {
    await attempt;
  } catch (error) {
    const { code, constraint, message } = error as DatabaseRefusal & { message: string };
    // Knex puts the statement before the words.
    return { code, rule: constraint ?? message.split(' - ').at(-1) ?? '' };
  }
  throw new Error('the database allowed it');
}
