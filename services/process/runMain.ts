import { EmbeddedPostgresError } from '../../db/embedded/EmbeddedPostgresError.ts';
import { InvalidConfig, readConfig, type Config } from '../config.ts';
import { WrongInstallation } from './prepareDatabase.ts';

/**
 * Runs a main program with the configuration of the environment. A refusal that the operator can mend is printed
 * as a sentence, a fault with its stack; both end the process with exit code 1.
 */
export async function runMain(
  environment: Record<string, string | undefined>,
  program: (config: Config) => Promise<void>,
  complain: (message: unknown) => void,
): Promise<void> {
  try {
    await program(readConfig(environment));
  } catch (error) {
    complain(isRefusal(error) ? error.message : error);
    process.exit(1);
  }
}

function isRefusal(error: unknown): error is Error {
  if (error instanceof InvalidConfig || error instanceof EmbeddedPostgresError) return true;
  return error instanceof WrongInstallation || (error as { code?: unknown }).code === 'EADDRINUSE';
}
