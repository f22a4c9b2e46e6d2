import { days, hours, minutes, seconds } from '../../kernel/clock.ts';

/**
 * Copies of one's data. Product law: a day is long enough to fetch one and short enough for something that holds
 * everything; three a day are plenty for whoever is curious, and packing costs.
 */
export const exportPolicy = {
  lifetime: hours(24),
  perDay: { window: days(1), max: 3 },
  /** The queue has lost a copy that is still not made by then: it is handed over once more. */
  overdue: minutes(10),
  /** How often a page that waits for a copy looks again. */
  lookAgain: seconds(5),
  batch: 100,
  /** Each holds a picture or two in memory. */
  concurrency: 2,
} as const;
