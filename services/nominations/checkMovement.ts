import type { Knex } from 'knex';
import { readMovementCases } from '../../db/views/movementCases.ts';
import { InvalidInput } from '../errors.ts';

const LAUNCHED = ['running', 'midtermReview', 'finalReview', 'concluded'];

/** Throws InvalidInput unless the nomination names no movement, or one that was launched and not cancelled. */
export async function checkMovement(db: Knex, movementId: string | null): Promise<void> {
  if (movementId === null) return;
  const [movement] = await readMovementCases(db, [movementId]);
  if (movement !== undefined && LAUNCHED.includes(movement.state)) return;
  const message = {
    vi: 'Không có phong trào này, hoặc phong trào chưa được phát động.',
    en: 'There is no such movement, or it has not been launched.',
  };
  throw new InvalidInput([{ pointer: '/movementId', message }]);
}
