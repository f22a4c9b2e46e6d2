import type { Redis } from 'ioredis';
import { minutes } from '../../kernel/clock.ts';
import type { Log } from '../watching/log.ts';
import type { Queue, Watching } from './queue.ts';
import { schedule } from './schedule.ts';
import { type JobHandler, startWorker, type WorkerHandle } from './worker.ts';

/** A queue, and who works on it. */
export interface Job<Data extends object = object> {
  queue: Queue<Data>;
  concurrency: number;
  /** Called where the jobs are done, which is not in every process. */
  handler: () => JobHandler<Data>;
}

/** Something done from time to time, once over all processes. */
export interface Timer {
  /** Timers of one name are one: their works are done in turn. */
  name: string;
  /** Milliseconds. */
  every: number;
  run: () => Promise<void>;
}

/** Deletes what is past its time, in turn with the other features' part of it. */
export function cleanup(run: () => Promise<void>): Timer {
  return { name: 'cleanup', every: minutes(10), run };
}

/** One after the other; the failure of one keeps none of the others from being done. */
async function inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) await work().catch((err: unknown) => failures.push(err));
  if (failures.length > 0) throw failures[0];
}

interface JobsDeps {
  jobs: readonly Job[];
  timers: readonly Timer[];
  openConnection: () => Redis;
  /** Milliseconds between two announcements of a timer, where it is not as usual. */
  announcedEvery: number | undefined;
  watching: Watching & { log: Log };
}

/** The workers of all queues, and what is done from time to time. */
export function createJobs({ jobs, timers, openConnection, announcedEvery, watching }: JobsDeps) {
  const workers: WorkerHandle[] = [];
  const connections: Redis[] = [];
  /** A worker waits on its connection, so each has its own. */
  const connect = (): Redis => {
    const connection = openConnection();
    connections.push(connection);
    return connection;
  };

  return {
    start(): void {
      for (const { queue, concurrency, handler } of jobs)
        workers.push(startWorker(queue.name, connect(), handler(), { concurrency, ...watching }));
      for (const name of new Set(timers.map((timer) => timer.name))) {
        const same = timers.filter((timer) => timer.name === name);
        const run = () => inTurn(same.map((timer) => timer.run));
        workers.push(schedule(name, connect(), same[0]!.every, run, { ...watching, announcedEvery }));
      }
    },

    /** Finishes the jobs in hand. */
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(jobs.map(({ queue }) => queue.close()));
    },

    /** Once nothing is asked of Redis any more. */
    disconnect(): void {
      for (const connection of connections) connection.disconnect();
    },
  };
}
