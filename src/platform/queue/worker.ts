import { setTimeout as pause } from 'node:timers/promises';
import { type Job as BullJob, DelayedError, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { systemClock } from '../../kernel/clock.ts';
import type { Log } from '../watching/log.ts';
import { noMetrics } from '../watching/metrics.ts';
import { duringRequest } from '../watching/request-id.ts';
import { noTraces } from '../watching/traces.ts';
import { type Caused, placedName, sinceMs, type Watching } from './queue.ts';

/** Trying again is pointless. */
export class GiveUp extends Error {}

/** Costs none of the job's tries. */
export class TryLater extends Error {
  readonly waitMs: number;
  constructor(reason: string, waitMs: number) {
    super(reason);
    this.waitMs = waitMs;
  }
}

export interface JobHandler<Job> {
  run(job: Job, tries: { isLast: boolean }): Promise<void>;
  /** After the last try, or a `GiveUp`. */
  givenUp?(job: Job, why: unknown): Promise<void>;
}

export interface WorkerHandle {
  /** Finishes the jobs in hand. */
  close(): Promise<void>;
}

/** Milliseconds. BullMQ waits for a reconnecting connection, which never ends (taskforcesh/bullmq#4656). */
const LET_GO = 2_000;

/** Milliseconds between tries. */
const WRITE_AGAIN = 1_000;

export function startWorker<Job>(
  name: string,
  redis: Redis,
  handler: JobHandler<Job>,
  {
    concurrency,
    log,
    olderJobs = true,
    metrics = noMetrics,
    traces = noTraces,
  }: Watching & { concurrency: number; log: Log; olderJobs?: boolean },
): WorkerHandle {
  let closing = false;
  /** Tried until the store is back, or the process ends. */
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
  const process = async (job: BullJob<Job & Caused>, token: string | undefined): Promise<void> => {
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
  };
  const open = (queue: string): Worker<Job & Caused> => {
    const worker = new Worker<Job & Caused>(queue, process, { connection: redis, concurrency });
    return worker.on('error', (err) => log.debug({ err, queue: name }, 'worker waits for redis'));
  };
  const workers = [open(placedName(name))];
  // Jobs of the release before stand under the bare name; to be taken away with the next one.
  const older = olderJobs ? redis.exists(`bull:${name}:meta`) : Promise.resolve(0);
  older.then((there) => there && !closing && workers.push(open(name))).catch(() => {});
  const nothingInHand = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.allSettled(inHand);
  };
  return {
    async close() {
      closing = true;
      const closed = Promise.all(workers.map((worker) => worker.close())).then(() => true);
      const late = nothingInHand().then(() => pause(LET_GO, false, { ref: false }));
      if (await Promise.race([closed, late])) return;
      for (const worker of workers) void worker.disconnect().catch(() => {});
    },
  };
}
