import { Queue as BullQueue } from 'bullmq';
import type { Redis } from 'ioredis';
import { systemClock } from '../../kernel/clock.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';
import { requestId } from '../watching/request-id.ts';
import { noTraces, type Traces } from '../watching/traces.ts';

export interface Queue<Job> {
  name: string;
  add(id: string, job: Job): Promise<void>; // the same id twice is one job. Throws when Redis is away.
  close(): Promise<void>;
}

export interface RetryPolicy {
  tries: number;
  backoff: number; // milliseconds before the second try; then it doubles
}

export interface Watching {
  metrics?: Metrics;
  traces?: Traces;
}

/** The request that caused a job; jobs of older versions have none. */
export interface Caused {
  cause?: { request?: string; trace?: string };
}

function causeOfNow(traces: Traces): Caused {
  const [request, trace] = [requestId(), traces.carry()];
  return request || trace ? { cause: { ...(request && { request }), ...(trace && { trace }) } } : {};
}

/** In braces: a Redis Cluster places by it, so that a queue's keys lie together. */
export function placedName(name: string): string {
  return `{${name}}`;
}

/** By the system's clock, as BullMQ's timestamps. */
export function sinceMs(moment: number): number {
  return Math.max(0, systemClock.now().getTime() - moment);
}

/** Closed by the house. */
export type OpenQueue = <Job extends object>(name: string, retry: RetryPolicy) => Queue<Job>;

/** `replaced`: for every queue. */
export function queueOpener(redis: Redis, watching: Watching, replaced?: RetryPolicy): OpenQueue {
  return (name, retry) => openQueue(name, redis, replaced ?? retry, watching);
}

export function openQueue<Job extends object>(
  name: string,
  redis: Redis,
  retry: RetryPolicy,
  { metrics = noMetrics, traces = noTraces }: Watching = {},
): Queue<Job> {
  const queue = new BullQueue(placedName(name), {
    connection: redis,
    defaultJobOptions: {
      attempts: retry.tries,
      backoff: { type: 'exponential', delay: retry.backoff },
      removeOnComplete: { age: 60, count: 1_000 },
      removeOnFail: { age: 3_600, count: 1_000 },
    },
  });
  // `add` rejects with them; the connection has its own listener.
  queue.on('error', () => {});
  metrics.sharedGauge(`queue_${name}_waiting`, 'Jobs that wait for a worker', () => queue.getWaitingCount());
  metrics.sharedGauge(`queue_${name}_delayed`, 'Jobs that wait for another try', () =>
    queue.getDelayedCount(),
  );
  // The histograms see finished jobs only.
  metrics.sharedGauge(`queue_${name}_oldest_seconds`, 'Age of the job that waits longest', async () => {
    const [oldest] = await queue.getJobs('waiting', 0, 0, true);
    return oldest ? sinceMs(oldest.timestamp) / 1000 : 0;
  });
  return {
    name,
    add: async (id, job) => {
      await queue.add(name, { ...job, ...causeOfNow(traces) }, { jobId: id });
    },
    close: () => queue.close(),
  };
}
