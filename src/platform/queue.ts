import { setTimeout as pause } from 'node:timers/promises';
import { type Job as BullJob, Queue as BullQueue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { systemClock } from '../kernel/clock.ts';
import type { Log } from './log.ts';
import { type Metrics, noMetrics } from './metrics.ts';
import { duringRequest, requestId } from './request-id.ts';
import { noTraces, type Traces } from './traces.ts';

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

/** Who looks at what is done. */
export interface Watching {
  metrics?: Metrics;
  traces?: Traces;
}

/** What a job keeps of the request that caused it, beside its own fields; jobs of older versions have none. */
interface Caused {
  cause?: { request?: string; trace?: string };
}

const causeOfNow = (traces: Traces): Caused => {
  const [request, trace] = [requestId(), traces.carry()];
  return request || trace ? { cause: { ...(request && { request }), ...(trace && { trace }) } } : {};
};

/** Moments of jobs are BullMQ's, and it has the time of the machine. */
const sinceMs = (moment: number): number => Math.max(0, systemClock.now().getTime() - moment);

/** A queue whose jobs are tried again with growing pauses, then given up. Finished jobs leave Redis soon. */
export const openQueue = <Job extends object>(
  name: string,
  redis: Redis,
  retry: RetryPolicy,
  { metrics = noMetrics, traces = noTraces }: Watching = {},
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
  // What an idle or missing worker leaves lying shows in no histogram of finished jobs.
  metrics.watchShared(`queue_${name}_oldest_seconds`, 'Age of the job that waits longest', async () => {
    const [oldest] = await queue.getJobs('waiting', 0, 0, true);
    return oldest ? sinceMs(oldest.timestamp) / 1000 : 0;
  });
  return {
    add: async (id, job) => {
      await queue.add(name, { ...job, ...causeOfNow(traces) }, { jobId: id });
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
  { concurrency, log, metrics = noMetrics, traces = noTraces }: Watching & { concurrency: number; log: Log },
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
  const run = async (work: Job, job: BullJob): Promise<void> => {
    const tries = job.attemptsMade + 1;
    const isLast = tries >= (job.opts.attempts ?? 1);
    const since = performance.now();
    const ended = (outcome: 'done' | 'failed' | 'given-up') =>
      metrics.job(name, outcome, {
        ageMs: sinceMs(job.timestamp + (job.opts.delay ?? 0)),
        workMs: performance.now() - since,
      });
    try {
      await handler.run(work, { isLast });
      ended('done');
    } catch (err) {
      const last = err instanceof GiveUp || isLast;
      ended(last ? 'given-up' : 'failed');
      log.warn({ err, queue: name, job: job.id, tries, last }, 'job failed');
      if (last && handler.givenUp) await writeDown(() => handler.givenUp!(work));
      throw err instanceof GiveUp ? new UnrecoverableError(err.message) : err;
    }
  };
  const worker = new Worker<Job & Caused>(
    name,
    (job) => {
      const { cause = {}, ...work } = job.data;
      return duringRequest(cause.request, () =>
        traces.job(name, cause.trace, () => run(work as unknown as Job, job)),
      );
    },
    { connection: redis, concurrency },
  );
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
  watched: Watching & { log: Log },
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
