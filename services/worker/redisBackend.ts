import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE, TAKING, type Backend } from './backend.ts';

const LONGEST_RETRY_MS = 2_000;
const DISCONNECT_MS = 500;

/** BullMQ on Redis. `prefix` stands in front of every key. */
export function redisBackend(url: string, prefix: string, onError: (error: Error) => void): Backend {
  let closed = false;
  // BullMQ makes a copy of a connection to wait on; out of our reach, it would go on trying after the end.
  const retryStrategy = (times: number) => (closed ? null : Math.min(times * 100, LONGEST_RETRY_MS));
  const common = { retryStrategy, disconnectTimeout: DISCONNECT_MS };
  // Adding fails at once while Redis is away: the rows then wait in PostgreSQL, marked as not dispatched.
  const adding = new Redis(url, { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  // Taking waits for Redis to come back.
  const taking = new Redis(url, { ...common, maxRetriesPerRequest: null });
  for (const connection of [adding, taking]) connection.on('error', onError);
  return {
    producer: new Queue(QUEUE, { connection: adding, prefix }),
    // Before the first connection BullMQ would wait for ever, whatever the options of its client say.
    reachable: () => adding.status === 'ready',
    take: (process) => new Worker(QUEUE, process, { connection: taking, prefix, ...TAKING }),
    close: () => {
      closed = true;
      for (const connection of [adding, taking]) connection.disconnect();
      return Promise.resolve();
    },
  };
}
