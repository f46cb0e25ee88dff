import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { LogInRefused, type LogInThrottle } from './logIn.ts';

const MOST_FAILURES_OF_A_NAME = 10;
const MOST_FAILURES_OF_AN_ADDRESS = 100;
const WINDOW_SECONDS = 15 * 60;

/** Ten failures of one name, or a hundred from one address, close it for fifteen minutes; kept in PostgreSQL. */
export function createLogInThrottle(pool: Pool): LogInThrottle {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      tableName: 'login_attempts',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    });
  const names = limiter('name', MOST_FAILURES_OF_A_NAME);
  const addresses = limiter('address', MOST_FAILURES_OF_AN_ADDRESS);
  const blocked = (result: RateLimiterRes | null) => result !== null && result.remainingPoints <= 0;

  return {
    async check(username, address) {
      const [name, from] = await Promise.all([names.get(username), addresses.get(address)]);
      if (blocked(name) || blocked(from)) throw new LogInRefused('too-many-attempts');
    },
    async failed(username, address) {
      await Promise.all([count(names, username), count(addresses, address)]);
    },
    async succeeded(username) {
      await names.delete(username);
    },
  };
}

/** Past the limit the limiter rejects with its result: that is an answer, not an error. */
async function count(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
  }
}
