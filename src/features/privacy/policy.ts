import { days, hours, minutes, seconds } from '../../kernel/clock.ts';

/** Product law: a day is long enough to fetch a copy and short enough for its content; packing costs. */
export const exportPolicy = {
  lifetime: hours(24),
  perDay: { window: days(1), max: 3 },
  overdue: minutes(10), // then the queue has lost it, and gets it again
  lookAgain: seconds(5),
  batch: 100,
  concurrency: 2, // each holds a picture or two in memory
} as const;
