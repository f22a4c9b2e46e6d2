import type { Redis } from 'ioredis';
import { minutes } from '../../kernel/clock.ts';
import type { Log } from '../watching/log.ts';
import type { Queue, Watching } from './queue.ts';
import { schedule } from './schedule.ts';
import { type JobHandler, startWorker, type WorkerHandle } from './worker.ts';

export interface Job<Data extends object = object> {
  queue: Queue<Data>;
  concurrency: number;
  handler: () => JobHandler<Data>; // called only where jobs are done
}

/** Runs once over all processes. */
export interface Timer {
  name: string; // works of the same name run in turn
  every: number; // milliseconds
  run: () => Promise<void>;
}

/** In turn with other features' cleaning. */
export function cleanup(run: () => Promise<void>): Timer {
  return { name: 'cleanup', every: minutes(10), run };
}

/** The failure of one doesn't stop the others. */
async function inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) await work().catch((err: unknown) => failures.push(err));
  if (failures.length > 0) throw failures[0];
}

interface JobsDeps {
  jobs: readonly Job[];
  timers: readonly Timer[];
  others: readonly (() => WorkerHandle)[]; // which no job starts
  openConnection: () => Redis;
  announcedEvery: number | undefined; // milliseconds; undefined: as usual
  watching: Watching & { log: Log };
}

export function createJobs({ jobs, timers, others, openConnection, announcedEvery, watching }: JobsDeps) {
  const workers: WorkerHandle[] = [];
  const connections: Redis[] = [];
  /** A worker blocks its connection. */
  const connect = (): Redis => {
    const connection = openConnection();
    connections.push(connection);
    return connection;
  };

  return {
    start(): void {
      for (const begin of others) workers.push(begin());
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

    disconnect(): void {
      for (const connection of connections) connection.disconnect();
    },
  };
}
