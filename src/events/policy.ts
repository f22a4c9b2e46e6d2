import { days, hours, seconds } from '../kernel/clock.ts';

export const relayPolicy = {
  /** Each holds a connection to Postgres while it hands a fact on; the pool has ten. */
  concurrency: 3,
  /** Where nothing woke the relay, since Redis had forgotten or was away: people wait for the news of their account. */
  looksEvery: seconds(10),
  /** Longer than a transaction may take (db.ts); doubles with each try. */
  firstPause: seconds(30),
  longestPause: hours(1),
  /** So many tries, over seven minutes, keep a person's later facts behind one that fails; then they go past it. */
  triesInOrder: 5,
  /** A fact that nobody of this release listens to may be one of the next. */
  unheard: days(7),
} as const;
