import { freePort } from '../../db/embedded/freePort.ts';
import { interpolate, readComposeFile } from './compose.ts';
import { runProgram, startProgram, untilProgram, untilReady, type Ended, type Program } from './programs.ts';

/** Where the test has what the file's other services would be, by the names that the file gives them. */
export interface Surroundings {
  /** URLs of PostgreSQL by the file's role. */
  postgres: Record<string, string>;
  /** Null: no Redis here; the variable is left out. */
  redis: string | null;
  mail: string;
  /** Folders and files by their path in the container. */
  paths: Record<string, string>;
  /** What stands in the operator's .env. */
  variables: Record<string, string>;
}

export interface ComposeProcesses {
  /** Runs a service that does its work and ends. */
  run(service: string): Promise<Ended>;
  /** Runs another command in a service's environment: `docker compose run`. */
  runIn(service: string, command: readonly string[], more?: Record<string, string>): Promise<Ended>;
  /** Starts one more copy of a service that serves HTTP; answers once it is ready. */
  startApi(): Promise<{ program: Program; url: string }>;
  startWorker(): Promise<Program>;
}

/** Runs services of docker-compose.yml as processes: their command, their environment, hosts and paths rewritten. */
export function composeProcesses(around: Surroundings): ComposeProcesses {
  const { services } = readComposeFile();
  const serviceOf = (name: string) => {
    const found = services[name];
    if (found?.command === undefined) throw new Error(`no service ${name} with a command`);
    return { command: found.command, environment: environmentOf(found.environment, around) };
  };
  return {
    run(name) {
      const { command, environment } = serviceOf(name);
      return runProgram(command, environment);
    },
    runIn: (name, command, more = {}) => runProgram(command, { ...serviceOf(name).environment, ...more }),
    async startApi() {
      const { command, environment } = serviceOf('api');
      // Containers have a network of their own each; processes share one.
      const port = await freePort();
      const program = startProgram(command, { ...environment, PORT: String(port) });
      const url = `http://127.0.0.1:${port}`;
      await untilReady(program, url);
      return { program, url };
    },
    async startWorker() {
      const { command, environment } = serviceOf('worker');
      const program = startProgram(command, environment);
      await untilProgram(program, 'the worker to run', () =>
        Promise.resolve(program.printed().includes('the worker is running')),
      );
      return program;
    },
  };
}

function environmentOf(template: Record<string, string>, around: Surroundings): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, text] of Object.entries(template)) {
    const value = rewrite(interpolate(text, around.variables), around);
    if (value !== null) environment[name] = value;
  }
  return environment;
}

/** An address of another service, or a path in the container, as it is here; null where there is none. */
function rewrite(value: string, around: Surroundings): string | null {
  const path = Object.entries(around.paths).find(([inside]) => value === inside);
  if (path !== undefined) return path[1];
  const url = URL.canParse(value) ? new URL(value) : null;
  switch (url?.hostname) {
    case 'postgres':
      return around.postgres[url.username] ?? '';
    case 'redis':
      return around.redis;
    case 'mail':
      return around.mail;
    default:
      return value;
  }
}
