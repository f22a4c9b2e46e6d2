import type { Clock } from '../../src/kernel/clock.ts';

export interface TestClock extends Clock {
  /** Lets this many milliseconds go by. */
  pass(ms: number): void;
  set(moment: string): void;
}

export const startOfTests = '2026-06-15T12:00:00.000Z';

/** A clock in the test's hand. It starts on a quiet summer day and stands still until it is told to move. */
export function createTestClock(start = startOfTests): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms;
    },
    set: (moment) => {
      now = new Date(moment).getTime();
    },
  };
}
