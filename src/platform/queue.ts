import { setTimeout as pause } from 'node:timers/promises';
import { type Job as BullJob, DelayedError, Queue as BullQueue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { minutes, systemClock } from '../kernel/clock.ts';
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

/** The job waits so many milliseconds and is then tried once more; that costs none of its tries. */
export class TryLater extends Error {
  readonly waitMs: number;
  constructor(reason: string, waitMs: number) {
    super(reason);
    this.waitMs = waitMs;
  }
}

export interface JobHandler<Job> {
  /** `isLast`: no other try follows. */
  run(job: Job, tries: { isLast: boolean }): Promise<void>;
  /** After the last try failed, or a `GiveUp`, with why. */
  givenUp?(job: Job, why: unknown): Promise<void>;
}

export interface WorkerHandle {
  /** Finishes the jobs in hand, then lets go, though Redis be away. */
  close(): Promise<void>;
}

/**
 * How long a worker with nothing in hand is waited for, in milliseconds. BullMQ waits for the end of a connection that is
 * just being made anew, and such a connection never says that it has ended (taskforcesh/bullmq#4656).
 */
const LET_GO = 2_000;

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
  const run = async (work: Job, job: BullJob, token: string | undefined): Promise<void> => {
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
      if (err instanceof TryLater) {
        ended('failed');
        log.info({ queue: name, job: job.id, waitMs: err.waitMs }, `job waits: ${err.message}`);
        await job.moveToDelayed(systemClock.now().getTime() + err.waitMs, token);
        throw new DelayedError();
      }
      const last = err instanceof GiveUp || isLast;
      ended(last ? 'given-up' : 'failed');
      log.warn({ err, queue: name, job: job.id, tries, last }, 'job failed');
      if (last && handler.givenUp) await writeDown(() => handler.givenUp!(work, err));
      throw err instanceof GiveUp ? new UnrecoverableError(err.message) : err;
    }
  };
  const inHand = new Set<Promise<void>>();
  const worker = new Worker<Job & Caused>(
    name,
    async (job, token) => {
      const { cause = {}, ...work } = job.data;
      const done = duringRequest(cause.request, () =>
        traces.job(name, cause.trace, () => run(work as unknown as Job, job, token)),
      );
      inHand.add(done);
      try {
        await done;
      } finally {
        inHand.delete(done);
      }
    },
    { connection: redis, concurrency },
  );
  worker.on('error', (err) => log.debug({ err, queue: name }, 'worker waits for redis'));
  const nothingInHand = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.allSettled(inHand);
  };
  return {
    async close() {
      closing = true;
      const closed = worker.close().then(() => true);
      const late = nothingInHand().then(() => pause(LET_GO, false, { ref: false }));
      if (!(await Promise.race([closed, late]))) void worker.disconnect().catch(() => {});
    },
  };
};

/** A store that was emptied while it stayed connected says nothing of it, so a timed job is announced again, in milliseconds. */
const ANNOUNCED_EVERY = minutes(1);

/**
 * Runs `work` every `every` milliseconds, once over all processes. Announces itself whenever Redis comes back and from time to
 * time, since that may have lost it; what is announced already keeps its moment.
 */
export const schedule = (
  name: string,
  redis: Redis,
  every: number,
  work: () => Promise<void>,
  {
    announcedEvery = Math.min(every, ANNOUNCED_EVERY),
    ...watched
  }: Watching & {
    log: Log;
    announcedEvery?: number | undefined;
  },
): WorkerHandle => {
  const queue = new BullQueue(name, { connection: redis });
  queue.on('error', () => {});
  const worker = startWorker(name, redis, { run: work }, { concurrency: 1, ...watched });
  const template = { name, opts: { removeOnComplete: true, removeOnFail: true } };
  let announcing = false;
  const announce = async (): Promise<void> => {
    // One that waits for Redis is enough.
    if (announcing) return;
    announcing = true;
    try {
      await queue.upsertJobScheduler(name, { every }, template);
    } catch (err) {
      watched.log.warn({ err, queue: name }, 'job could not be scheduled');
    }
    announcing = false;
  };
  const onReady = () => void announce();
  redis.on('ready', onReady);
  const again = setInterval(onReady, announcedEvery).unref();
  onReady();
  return {
    close: async () => {
      clearInterval(again);
      redis.off('ready', onReady);
      await worker.close();
      await queue.close();
    },
  };
};
