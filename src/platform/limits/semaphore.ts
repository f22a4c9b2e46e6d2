import { unavailable } from '../../kernel/errors.ts';

export interface Semaphore {
  /**
   * Does the work when there is room for its weight; what is heavier than all the room is done alone. First come,
   * first served. Throws AppError 503 when too many stand in line already.
   */
  take<T>(weight: number, work: () => Promise<T>): Promise<T>;
  /** Running and waiting now. */
  load(): { running: number; waiting: number };
}

/**
 * A bounded line before work that takes much of the machine: weights up to `room` run together, `waiting` stand in
 * line, the next is told `sorry` and to come back in `retryAfter` seconds.
 */
export function createSemaphore(
  { room, waiting }: { room: number; waiting: number },
  sorry: string,
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
      // Entered here and not by whoever waited: nobody else may come in between.
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
