import { setTimeout as pause } from 'node:timers/promises';
import { Queue as BullQueue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from './log.ts';
import { type Metrics, noMetrics } from './metrics.ts';

export interface Queue<Job> {
  /** Stores a job for a worker. The same id twice is one job. Throws when Redis is away. */
  add(id: string, job: Job): Promise<void>;
  close(): Promise<void>;
}

export interface RetryPolicy {
  tries: number;
  /** Milliseconds before the second try; doubles from there. */
  backoff: number;
}

/** A queue whose jobs are tried again with growing pauses, then given up. Finished jobs leave Redis soon. */
export const openQueue = <Job extends object>(
  name: string,
  redis: Redis,
  retry: RetryPolicy,
  metrics: Metrics = noMetrics,
): Queue<Job> => {
  const queue = new BullQueue(name, {
    connection: redis,
    defaultJobOptions: {
      attempts: retry.tries,
      backoff: { type: 'exponential', delay: retry.backoff },
      removeOnComplete: { age: 60, count: 1_000 },
      removeOnFail: { age: 3_600, count: 1_000 },
    },
  });
  // Its errors reach the caller of `add`; the connection has a listener of its own.
  queue.on('error', () => {});
  metrics.watchShared(`queue_${name}_waiting`, 'Jobs that wait for a worker', () => queue.getWaitingCount());
  metrics.watchShared(`queue_${name}_delayed`, 'Jobs that wait for another try', () =>
    queue.getDelayedCount(),
  );
  return {
    add: async (id, job) => {
      await queue.add(name, job, { jobId: id });
    },
    close: () => queue.close(),
  };
};

/** Trying again is pointless: the job is given up at once. */
export class GiveUp extends Error {}

export interface JobHandler<Job> {
  /** `isLast`: no other try follows. */
  run(job: Job, tries: { isLast: boolean }): Promise<void>;
  /** After the last try failed, or a `GiveUp`. */
  givenUp?(job: Job): Promise<void>;
}

export interface WorkerHandle {
  /** Finishes the jobs in hand, then lets go. */
  close(): Promise<void>;
}

/** Between two tries to write down that a job was given up, in milliseconds. */
const WRITE_AGAIN = 1_000;

export const startWorker = <Job>(
  name: string,
  redis: Redis,
  handler: JobHandler<Job>,
  { concurrency, log, metrics = noMetrics }: { concurrency: number; log: Log; metrics?: Metrics },
): WorkerHandle => {
  let closing = false;
  /** That a job was given up must be known: tried until the store that holds it is back, or the process ends. */
  const writeDown = async (work: () => Promise<void>): Promise<void> => {
    while (!closing) {
      try {
        return await work();
      } catch (err) {
        log.warn({ err, queue: name }, 'that a job was given up could not be written down yet');
        await pause(WRITE_AGAIN);
      }
    }
  };
  const worker = new Worker<Job>(
    name,
    async (job) => {
      const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      try {
        await handler.run(job.data, { isLast });
      } catch (err) {
        const last = err instanceof GiveUp || isLast;
        log.warn({ err, queue: name, job: job.id, tries: job.attemptsMade + 1, last }, 'job failed');
        if (last && handler.givenUp) await writeDown(() => handler.givenUp!(job.data));
        throw err instanceof GiveUp ? new UnrecoverableError(err.message) : err;
      }
    },
    { connection: redis, concurrency },
  );
  const aged =
    (outcome: 'done' | 'failed') =>
    (job?: { timestamp: number; delay: number; finishedOn?: number | undefined }) =>
      job &&
      metrics.job(name, outcome, Math.max(0, (job.finishedOn ?? job.timestamp) - job.timestamp - job.delay));
  worker.on('completed', aged('done'));
  worker.on('failed', aged('failed'));
  worker.on('error', (err) => log.debug({ err, queue: name }, 'worker waits for redis'));
  return {
    close: () => {
      closing = true;
      return worker.close();
    },
  };
};

/**
 * Runs `work` every `every` milliseconds, once over all processes. Keeps trying to announce itself while Redis is
 * away.
 */
export const schedule = (
  name: string,
  redis: Redis,
  every: number,
  work: () => Promise<void>,
  watched: { log: Log; metrics?: Metrics },
): WorkerHandle => {
  const queue = new BullQueue(name, { connection: redis });
  queue.on('error', () => {});
  const worker = startWorker(name, redis, { run: work }, { concurrency: 1, ...watched });
  queue
    .upsertJobScheduler(name, { every }, { name, opts: { removeOnComplete: true, removeOnFail: true } })
    .catch((err: unknown) => watched.log.warn({ err, queue: name }, 'job could not be scheduled'));
  return {
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
};
