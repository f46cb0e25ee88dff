import { z } from 'zod';

const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be a URL with ${protocols.join(' or ')}`,
  });

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every variable the product reads; `.env.example` lists the same ones (a test compares them). */
export const environmentSchema = z.object({
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_OWNER_URL: url('postgres', 'postgresql').optional(),
  REDIS_URL: url('redis', 'rediss').optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: url('http', 'https').optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  HOST: z.string().min(1).optional(),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8).optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  DATA_KEY: z.string().min(32).optional(),
  SIGNING_KEY_FILE: z.string().min(1).optional(),
  ALLOW_HTTP: flag.default(false),
});

/** How this process runs. Read once at start and passed down. */
export interface Config {
  demo: boolean;
  databaseUrl: string | null;
  databaseOwnerUrl: string | null;
  redisUrl: string | null;
  smtpUrl: string | null;
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  logLevel: string;
  trustProxy: number;
  demoPassword: string;
  secrets: { session: string | null; data: string | null; signingKeyFile: string | null };
}

/** The environment cannot be used; `problems` lists everything wrong with it. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Cấu hình không dùng được / Invalid configuration:\n- ${problems.join('\n- ')}`);
    this.problems = problems;
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);
const DEFAULT_DEMO_PASSWORD = 'KonTum@2736';

/**
 * Reads the configuration from `environment` (contract.md §1).
 * Throws InvalidConfig with every problem at once. Empty variables count as unset.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const env = parse(environmentSchema, environment);
  const demo = env.DEMO ?? env.DATABASE_URL === undefined;
  const host = env.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0');
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  const problems = [...databaseProblems(env), ...modeProblems(env, demo, host, publicUrl)];
  if (problems.length > 0) throw new InvalidConfig(problems);
  return {
    demo,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    smtpUrl: env.SMTP_URL ?? null,
    port: env.PORT,
    host,
    publicUrl,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    demoPassword: env.DEMO_PASSWORD ?? DEFAULT_DEMO_PASSWORD,
    secrets: {
      session: env.SESSION_SECRET ?? null,
      data: env.DATA_KEY ?? null,
      signingKeyFile: env.SIGNING_KEY_FILE ?? null,
    },
  };
}

/** Where the database is, for commands that only look at it: whoever checks the record needs none of our secrets. */
export type DatabasePlace = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Throws InvalidConfig as readConfig does. */
export function readDatabasePlace(environment: Record<string, string | undefined>): DatabasePlace {
  const { DATABASE_URL: databaseUrl = null, DATA_DIR: dataDir } = parse(
    environmentSchema.pick({ DATABASE_URL: true, DATA_DIR: true }),
    environment,
  );
  return { databaseUrl, dataDir };
}

/** Empty variables count as unset. */
function parse<Output>(schema: z.ZodType<Output>, environment: Record<string, string | undefined>): Output {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

type Environment = z.infer<typeof environmentSchema>;

function databaseProblems(env: Environment): string[] {
  if (env.DATABASE_URL !== undefined || env.DATABASE_OWNER_URL === undefined) return [];
  return ['DATABASE_URL: must be set where DATABASE_OWNER_URL is'];
}

function modeProblems(env: Environment, demo: boolean, host: string, publicUrl: string): string[] {
  const problems: string[] = [];
  if (demo && !LOOPBACK.has(host) && env.DEMO_PASSWORD === undefined) {
    problems.push('DEMO_PASSWORD: must be set for a demo on a HOST that is not loopback');
  }
  if (demo) return problems;
  for (const name of ['DATABASE_URL', 'SESSION_SECRET', 'DATA_KEY', 'SIGNING_KEY_FILE'] as const) {
    if (env[name] === undefined) problems.push(`${name}: must be set outside demo mode`);
  }
  const address = new URL(publicUrl);
  if (address.protocol === 'http:' && !LOOPBACK.has(address.hostname) && !env.ALLOW_HTTP) {
    problems.push(
      'PUBLIC_URL: must be https, since log-in cookies are not Secure over http (ALLOW_HTTP=1 allows it)',
    );
  }
  return problems;
}
