import type { Clock } from './kernel/clock.ts';
import type { Random } from './kernel/ids.ts';
import type { Mailer, Texter } from './platform/messages/delivery.ts';
import type { Guesses } from './platform/passwords/guesses.ts';
import type { RetryPolicy } from './platform/queue/queue.ts';
import type { Log } from './platform/watching/log.ts';

/** What a test may hold in its own hands. */
export interface Replacements {
  clock?: Clock;
  random?: Random;
  log?: Log;
  mailer?: Mailer;
  texter?: Texter;
  deliveryRetry?: RetryPolicy;
  /** Milliseconds for one step of a delivery. */
  deliveryTimeout?: number;
  hashQueue?: { concurrency: number; waiting: number };
  /** Closed by whoever gives it: loading its dictionaries takes seconds. */
  guesses?: Guesses;
  pictureRetry?: RetryPolicy;
  /** Milliseconds between two announcements of a timed job. */
  announcedEvery?: number;
  /** How many times as long as usual the stores may take before people are told to come back. */
  storePatience?: number;
}
