import { type Answer, isForNow } from '../live/answer.ts';
import { pauseAfter } from '../live/backoff.ts';
import type { Queue, Waiting } from './queue.ts';

interface SenderDeps {
  queue: Pick<Queue, 'all' | 'remove' | 'refuse'>;
  send: (one: Waiting) => Promise<Answer>;
  onStored: (one: Waiting) => void;
  onRefused: (one: Waiting, says: string) => void;
  /** Others who would send the same hold on meanwhile. */
  alone: (act: () => Promise<void>) => Promise<void>;
  pause?: (ms: number) => Promise<void>;
}

/** Sends what waits, one after the other. What has no answer is sent again under its id, before anything that follows it. */
export function createSender({ queue, send, onStored, onRefused, alone, pause }: SenderDeps) {
  let [isWanted, isRunning, failures] = [false, false, 0];
  let awake = (): void => {};
  const rest =
    pause ??
    ((ms: number) =>
      new Promise<void>((resolve) => {
        awake = resolve;
        setTimeout(resolve, ms);
      }));

  /** How long to wait before the next try; 0: nothing waits. */
  const sendAll = async (): Promise<number> => {
    for (;;) {
      const next = (await queue.all()).find(({ refused }) => refused === undefined);
      if (!next) return 0;
      const answer = await send(next);
      if (answer.ok) {
        failures = 0;
        await queue.remove(next.clientId);
        onStored(next);
      } else if (isForNow(answer)) return answer.retryInMs || pauseAfter(failures++);
      else {
        const says = answer.errors?.[0]?.message ?? answer.says ?? '';
        await queue.refuse(next.clientId, says);
        onRefused(next, says);
      }
    }
  };

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        let waitMs = 0;
        await alone(async () => void (waitMs = await sendAll()));
        if (waitMs > 0) {
          isWanted = true;
          await rest(waitMs);
        }
      }
    } finally {
      isRunning = false;
    }
  };

  return {
    /** Something waits. */
    wake(): void {
      isWanted = true;
      void run();
    },
    /** The site can be reached again. */
    now(): void {
      failures = 0;
      awake();
      this.wake();
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
