import { days, hours, seconds } from '../kernel/clock.ts';

export const relayPolicy = {
  /** Nothing is lost with a job that wakes the relay. */
  waking: { tries: 1, backoff: 0 },
  concurrency: 3, // each holds a connection to Postgres, of ten
  looksEvery: seconds(10), // when nothing woke the relay, as Redis forgot or was away
  firstPause: seconds(30), // longer than a transaction (db.ts); doubles with each try
  longestPause: hours(1),
  triesInOrder: 5, // over seven minutes; then a person's later facts go past the failing one
  unheard: days(7), // the next release may listen to it
} as const;
