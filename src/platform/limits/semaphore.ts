import { unavailable } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/message.ts';

export interface Semaphore {
  /** First come, first served; what is heavier than `room` runs alone. Throws AppError 503 when too many wait. */
  take<T>(weight: number, work: () => Promise<T>): Promise<T>;
  load(): { running: number; waiting: number };
}

/** Bounds heavy work: weights up to `room` at once, `waiting` in line, `retryAfter` in seconds. */
export function createSemaphore(
  { room, waiting }: { room: number; waiting: number },
  sorry: Message,
  retryAfter: number,
): Semaphore {
  const line: { weight: number; begin: () => void }[] = [];
  let [running, taken] = [0, 0];

  const fits = (weight: number): boolean => running === 0 || taken + weight <= room;
  const enter = (weight: number): void => {
    running++;
    taken += weight;
  };
  const leave = (weight: number): void => {
    running--;
    taken -= weight;
    while (line[0] && fits(line[0].weight)) {
      const { weight: next, begin } = line.shift()!;
      // By this one and not by the waiting one, so that nobody comes between.
      enter(next);
      begin();
    }
  };

  return {
    take: async (weight, work) => {
      if (line.length === 0 && fits(weight)) enter(weight);
      else {
        if (line.length >= waiting) throw unavailable(sorry, retryAfter);
        await new Promise<void>((begin) => line.push({ weight, begin }));
      }
      try {
        return await work();
      } finally {
        leave(weight);
      }
    },
    load: () => ({ running, waiting: line.length }),
  };
}
