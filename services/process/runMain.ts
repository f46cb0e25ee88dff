import { EmbeddedPostgresError } from '../../db/embedded/EmbeddedPostgresError.ts';
import { InvalidConfig } from '../config.ts';
import { CannotListen } from './listen.ts';
import { NotPrepared, WrongInstallation } from './requireInstallation.ts';

/**
 * Runs a main program. A refusal that the operator can mend is printed as a sentence, a fault with its stack; both end
 * the process with exit code 1.
 */
export async function runMain(
  program: () => Promise<void>,
  complain: (message: unknown) => void,
): Promise<void> {
  try {
    await program();
  } catch (error) {
    complain(refusal(error) ?? error);
    process.exit(1);
  }
}

const REFUSALS = [
  InvalidConfig,
  EmbeddedPostgresError,
  WrongInstallation,
  NotPrepared,
  CannotListen,
] as const;

/** What nobody hears (network), and what PostgreSQL says before it lets us in: wrong password, no such database … */
const NO_WAY_IN = /^(?:ECONN|ENOTFOUND$|EAI_|ETIMEDOUT$|E(?:HOST|NET)UNREACH$|28|3D000$|57P03$|53300$)/;

/** The sentence for what an operator can mend; null for a fault of ours. */
function refusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (REFUSALS.some((kind) => error instanceof kind)) return error.message;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !NO_WAY_IN.test(code)) return null;
  const said = error.message === '' ? code : error.message;
  return (
    `Không vào được cơ sở dữ liệu (DATABASE_URL, DATABASE_OWNER_URL).\n` +
    `Cannot get into the database (DATABASE_URL, DATABASE_OWNER_URL): ${said}`
  );
}
