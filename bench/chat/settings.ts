import { number } from '../rates/settings.ts';

export const chatSettings = {
  pairs: number('BENCH_PAIRS', 500),
  bytes: 120,
  /** Messages a second. */
  rates: [500, 1_000, 2_000, 3_000],
  /** Of one rate. A bucket holds 30 messages of a person, and gets 2 a second: at 3,000 a second it lasts for 30 s. */
  seconds: number('BENCH_SECONDS', 6),
  rounds: number('BENCH_ROUNDS', 3),
  /** Messages that wait for their acknowledgement, where as many are sent as go. */
  window: 256,
  saturatedFor: 4,
  insertsAtOnce: 8,
  idle: number('BENCH_IDLE', 5_000),
  comingBack: 2_000,
  longConversation: number('BENCH_LONG', 100_000),
  chats: 200,
  pages: 200,
} as const;
