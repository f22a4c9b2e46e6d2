import { number } from '../rates/settings.ts';

const people = number('BENCH_PEOPLE', 1_000_000);

export const findingSettings = {
  people,
  blocks: Math.floor(people / 2),
  /** Of a day of looks. */
  fairPeople: number('BENCH_FAIR', 3_000),
  viewers: number('BENCH_VIEWERS', 500),
  /** Of the plain query and of the one with arrays, which are slow. */
  viewersBeside: 24,
  timeout: 10_000,
  /** Somebody speaks or learns one of so many last languages of the sixty. */
  rare: 10,
  page: 50,
  /** Viewers who walk so far, where their list is as long. */
  walkers: 200,
  connections: [1, 8],
  rounds: 3,
  /** Notes of activity and changes of languages. */
  writes: 500,
} as const;
