import type { Random } from '../kernel/ids.ts';
import type { Queue } from '../platform/queue/queue.ts';
import type { Log } from '../platform/watching/log.ts';

export type Wake = () => Promise<void>;

/** When the queue is away, the relay looks by itself soon. */
export function createWake({ queue, random, log }: { queue: Queue<object>; random: Random; log: Log }): Wake {
  return () =>
    // A new name each time: a relay at work may just have looked for the last time.
    queue.add(`wake-${random.bytes(9).toString('hex')}`, {}).catch((err: unknown) => {
      log.warn({ err }, 'the relay of events could not be woken');
    });
}
