import type { JobsOptions } from 'bullmq';

/** What we use of BullMQ's Queue and Worker, on whichever backend. */
export interface Producer {
  on(event: 'error', listener: (error: Error) => void): unknown;
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: unknown; opts: Omit<JobsOptions, 'jobId'> },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<{ every?: number } | undefined>;
  close(): Promise<void>;
}

export interface Taker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(
    event: 'failed',
    listener: (job: { name: string; data: unknown } | undefined, error: Error) => void,
  ): unknown;
  close(force?: boolean): Promise<void>;
}

/** What a worker does with one job. */
export type Process = (job: { name: string; data: unknown }) => Promise<void>;

/** The queue's two sides and the connections under them. */
export interface Backend {
  producer: Producer;
  /** False while it is known that nothing can be added now. */
  reachable(): boolean;
  take(process: Process): Taker;
  /** Lets the connections go, after both sides are closed. */
  close(): Promise<void>;
}

/** The one queue. Its jobs carry ids only: rows of PostgreSQL say what is to be done. */
export const QUEUE = 'so-vang';

/**
 * The job of a worker that died is given to another after the lock has run out: then its id can also be added again.
 * A lock lost by a living worker does no harm, since rows decide what is done.
 */
export const TAKING = { concurrency: 4, lockDuration: 10_000, stalledInterval: 5_000 } as const;
