import type { Live } from './live/live.ts';
import type { Clock } from './kernel/clock.ts';
import type { Random } from './kernel/ids.ts';
import type { Mailer, Texter } from './platform/messages/delivery.ts';
import type { GuessEstimator } from './platform/passwords/guesses.ts';
import type { RetryPolicy } from './platform/queue/queue.ts';
import type { Log } from './platform/watching/log.ts';
import type { Feature } from './web/feature.ts';

/** For tests. */
export interface Replacements {
  /** Behind all others. */
  features?: (given: { live: Live }) => readonly Feature[];
  clock?: Clock;
  random?: Random;
  log?: Log;
  /** Folder of catalogues. */
  locales?: string;
  mailer?: Mailer;
  texter?: Texter;
  /** Of every queue. */
  retry?: RetryPolicy;
  /** Milliseconds for a step. */
  deliveryTimeout?: number;
  hashQueue?: { concurrency: number; waiting: number };
  /** Its owner closes it: loading dictionaries takes seconds. */
  guessEstimator?: GuessEstimator;
  /** Milliseconds between two. */
  announcedEvery?: number;
  /** Multiplies the timeouts of stores. */
  storePatience?: number;
}
