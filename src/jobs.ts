import type { Redis } from 'ioredis';
import { type PrivacyCore, exportPolicy } from './features/privacy/index.ts';
import {
  type AuthCore,
  cleanupPolicy,
  createAuthJobs,
  type createMessageTemplates,
  deliveryPolicy,
} from './features/auth/index.ts';
import type { PictureCore } from './features/pictures/index.ts';
import type { Watching } from './platform/queue/queue.ts';
import { schedule } from './platform/queue/schedule.ts';
import { startWorker, type WorkerHandle } from './platform/queue/worker.ts';
import type { Log } from './platform/watching/log.ts';
import type { Transports } from './transports.ts';

/** One after the other; the failure of one keeps none of the others from being done. */
async function inTurn(...works: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) await work().catch((err: unknown) => failures.push(err));
  if (failures.length > 0) throw failures[0];
}

interface JobsDeps {
  openConnection: () => Redis;
  messageTemplates: () => ReturnType<typeof createMessageTemplates>;
  transports: Transports;
  core: AuthCore;
  pictures: PictureCore['work'];
  privacy: PrivacyCore['work'];
  /** Decoding is bounded by cores; a job more would only wait inside. */
  pictureConcurrency: number;
  /** Milliseconds between two announcements of the cleaning job, where it is not as usual. */
  announcedEvery: number | undefined;
  watching: Watching & { log: Log };
}

/** The workers of all queues, and what is done from time to time. */
export function createJobs(deps: JobsDeps) {
  const { transports, core, pictures, privacy, watching } = deps;
  const workers: WorkerHandle[] = [];
  const connections: Redis[] = [];
  /** A worker waits on its connection, so each has its own. */
  const connect = (): Redis => {
    const connection = deps.openConnection();
    connections.push(connection);
    return connection;
  };

  return {
    start(): void {
      const auth = createAuthJobs(core, { ...transports, templates: deps.messageTemplates() });
      const { concurrency } = deliveryPolicy;
      workers.push(
        startWorker('messages', connect(), auth.messages, { concurrency, ...watching }),
        startWorker('security', connect(), auth.security, { concurrency, ...watching }),
        startWorker('pictures', connect(), pictures.handler, {
          concurrency: deps.pictureConcurrency,
          ...watching,
        }),
        startWorker('exports', connect(), privacy.handler, {
          concurrency: exportPolicy.concurrency,
          ...watching,
        }),
        schedule(
          'cleanup',
          connect(),
          cleanupPolicy.every,
          () => inTurn(auth.cleanup, pictures.sweep, privacy.sweep, privacy.purge),
          { ...watching, announcedEvery: deps.announcedEvery },
        ),
      );
    },

    /** Finishes the jobs in hand. */
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.close()));
    },

    /** Once nothing is asked of Redis any more. */
    disconnect(): void {
      for (const connection of connections) connection.disconnect();
    },
  };
}
