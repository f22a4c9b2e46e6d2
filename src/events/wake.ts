import type { Random } from '../kernel/ids.ts';
import type { Queue } from '../platform/queue/queue.ts';
import type { Log } from '../platform/watching/log.ts';

/** Has the relay look now, after a fact was recorded. */
export type Wake = () => Promise<void>;

/** Where the queue is away, the relay looks soon by itself. */
export function createWake({ queue, random, log }: { queue: Queue<object>; random: Random; log: Log }): Wake {
  return () =>
    // A name of its own each time: a relay that is at work may just have looked for the last time.
    queue.add(`wake-${random.bytes(9).toString('hex')}`, {}).catch((err: unknown) => {
      log.warn({ err }, 'the relay of events could not be woken');
    });
}
