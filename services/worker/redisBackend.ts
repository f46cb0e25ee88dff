import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE, TAKING, type Backend } from './backend.ts';

/** BullMQ on Redis. `prefix` stands in front of every key. */
export function redisBackend(url: string, prefix: string, onError: (error: Error) => void): Backend {
  // Adding fails at once while Redis is away: the rows then wait in PostgreSQL, marked as not dispatched.
  const adding = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  // Taking waits for Redis to come back.
  const taking = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [adding, taking]) connection.on('error', onError);
  return {
    producer: new Queue(QUEUE, { connection: adding, prefix }),
    take: (process) => new Worker(QUEUE, process, { connection: taking, prefix, ...TAKING }),
    close: () => {
      for (const connection of [adding, taking]) connection.disconnect();
      return Promise.resolve();
    },
  };
}
