import { Queue as BullQueue } from 'bullmq';
import type { Redis } from 'ioredis';
import { minutes } from '../../kernel/clock.ts';
import type { Log } from '../watching/log.ts';
import { placedName, type Watching } from './queue.ts';
import { startWorker, type WorkerHandle } from './worker.ts';

/** Redis may be emptied without a reconnect, so timed jobs are announced again. In ms. */
const ANNOUNCED_EVERY = minutes(1);

/** Runs `work` every `every` milliseconds, once over all processes; announced again whenever Redis may have lost it. */
export function schedule(
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
): WorkerHandle {
  const queue = new BullQueue(placedName(name), { connection: redis });
  queue.on('error', () => {});
  // The timer of the release before stands still: this one does its work.
  const worker = startWorker(name, redis, { run: work }, { concurrency: 1, olderJobs: false, ...watched });
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
}
