import type { Log } from '../ports.ts';
import type { Backend, Taker } from './backend.ts';
import { jobSchema, type Job } from './jobs.ts';
import { postgresBackend } from './postgresBackend.ts';
import { redisBackend } from './redisBackend.ts';
import { within } from './within.ts';

export interface QueueOptions {
  /** Null: BullMQ's PostgreSQL backend. */
  redisUrl: string | null;
  /** As the app's role; used where there is no Redis. */
  databaseUrl: string;
  /** In front of every key in Redis; tests take one of their own. */
  prefix: string;
  log: Log;
}

/** A job for the queue; `id` keeps the same work from standing in it twice. */
export interface NewJob {
  id: string;
  job: Job;
}

export interface WorkQueue {
  /** Rejects soon where the queue cannot be reached. */
  add(jobs: readonly NewJob[]): Promise<void>;
  /** A `sweep` job every `everyMs`, from however many processes it is asked for. */
  scheduleSweep(everyMs: number): Promise<void>;
  /** Starts to take jobs. A job that fails is forgotten by the queue: its row brings it back. */
  work(perform: (job: Job) => Promise<void>): void;
  /** Takes no more jobs, waits up to `limitMs` for those under way, then lets go of everything. */
  close(limitMs: number): Promise<void>;
}

// Nothing is kept: the id of a kept job would make adding it again a silent no-op (style.md: rows are the truth).
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

const PATIENCE_MS = 3_000;

/** The queue cannot be reached now; what was to be added waits in PostgreSQL. */
export class QueueAway extends Error {
  override readonly name = 'QueueAway';
  constructor() {
    super('the queue cannot be reached');
  }
}

/** Opens the queue on Redis or on PostgreSQL; the same from there on. */
export function openQueue({ redisUrl, databaseUrl, prefix, log }: QueueOptions): WorkQueue {
  const onError = (error: Error) => {
    log.warn({ err: error }, 'the queue has a problem');
  };
  const backend =
    redisUrl === null ? postgresBackend(databaseUrl, onError) : redisBackend(redisUrl, prefix, onError);
  backend.producer.on('error', onError);
  let taker: Taker | null = null;
  return {
    async add(jobs) {
      if (jobs.length === 0) return;
      await soon(backend, () =>
        backend.producer.addBulk(
          jobs.map(({ id, job: { name, ...data } }) => ({ name, data, opts: { ...JOB_OPTIONS, jobId: id } })),
        ),
      );
    },
    scheduleSweep: (every) => soon(backend, () => scheduleSweep(backend, every)),
    work(perform) {
      taker = backend.take(({ name, data }) => perform(jobSchema.parse({ ...(data as object), name })));
      taker.on('error', onError);
      taker.on('failed', (job, error) => {
        log.warn({ err: error, job: job?.name, data: job?.data }, 'a job failed');
      });
    },
    close: (limitMs) => close(backend, taker, limitMs, log),
  };
}

async function scheduleSweep({ producer }: Backend, every: number): Promise<void> {
  // Asked again and again, since a flushed Redis forgets it; each upsert would move the next sweep.
  if ((await producer.getJobScheduler('sweep'))?.every === every) return;
  await producer.upsertJobScheduler('sweep', { every }, { name: 'sweep', data: {}, opts: JOB_OPTIONS });
}

/** Asks the queue for something, or gives up soon. Throws QueueAway. */
async function soon(backend: Backend, ask: () => Promise<unknown>): Promise<void> {
  if (!backend.reachable() || !(await within(PATIENCE_MS, ask()))) throw new QueueAway();
}

/** With Redis gone, a worker's close() never resolves (bullmq#4656), nor can a second close() force it. */
async function close(backend: Backend, taker: Taker | null, limitMs: number, log: Log): Promise<void> {
  if (taker !== null && !(await within(limitMs, taker.close(!backend.reachable())))) {
    log.warn({}, 'the worker did not finish its jobs in time; their rows bring them back');
  }
  await within(limitMs, backend.producer.close());
  await within(limitMs, backend.close());
}
