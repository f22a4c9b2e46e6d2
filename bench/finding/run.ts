import pg from 'pg';
import { goalOf } from '../goals.ts';
import { ratesOf } from '../rates/rounds.ts';
import { writeResults } from '../results.ts';
import { settings } from '../settings.ts';
import { quantile, table } from '../statistics.ts';
import { buildPeople } from './build.ts';
import { fairness } from './fairness.ts';
import { pagePairs } from './http.ts';
import { openLooker } from './lookers.ts';
import { beside, deepIn, pages, type Times, writes } from './measures.ts';
import { findingSettings } from './settings.ts';
import { randomViewers, rareViewers } from './viewers.ts';

/**
 * How long it takes to find partners among a million people, beside other ways to ask; what the whole page does a second; and
 * how evenly all are shown.
 */
const client = new pg.Client({ connectionString: settings.ownerUrl });
await client.connect();

const days = await fairness(client);
const two = (value: number): string => value.toFixed(2);
console.log(`\nA day of looks of ${findingSettings.fairPeople} people, beside the fair allocator:\n`);
console.log(
  table([
    ['languages', 'looks', 'share of the top 1 %', 'of fair', 'Gini', 'fair', 'newcomers', 'unseen'],
    ...days.map(({ what, looks, share, excess, gini, newcomers: { wanted, unseen } }) => [
      what,
      String(looks),
      two(share.ours),
      two(excess),
      two(gini.ours),
      two(gini.fair),
      String(wanted),
      String(unseen),
    ]),
  ]),
);

const now = new Date();
const start = performance.now();
await buildPeople(client, now, '$argon2id$');
const built = Math.round((performance.now() - start) / 1000);
const { rows } = await client.query<{ each: number; blocks: number; size: string }>(
  `SELECT count(*)::float8 / count(DISTINCT "userId") AS "each", (SELECT count(*)::int FROM "Block") AS "blocks",
     pg_size_pretty(pg_database_size(current_database())) AS "size" FROM "LanguagePair"`,
);
const { each, blocks, size } = rows[0]!;
console.log(
  `\n${findingSettings.people} people in ${built} s: ${two(each)} pairs each, ${blocks} blocks, ${size}`,
);

const lookers = Array.from({ length: Math.max(...findingSettings.connections) }, openLooker);
const first = (viewers: Awaited<ReturnType<typeof randomViewers>>) =>
  viewers.map((viewer) => ({ viewer, after: '' }));
const viewers = await randomViewers(client, now);
const deep = await deepIn(lookers, viewers.slice(0, findingSettings.walkers));
const times: Times[] = [
  ...(await pages(lookers, {
    'page 1': first(viewers),
    'page 1 of rare languages': first(await rareViewers(client, now)),
    'page 1 of long lists': first(deep.map(({ viewer }) => viewer)),
    [`page ${findingSettings.page} of long lists`]: deep,
  })),
  ...(await beside(client, viewers.slice(0, findingSettings.viewersBeside))),
  ...(await writes(lookers[0]!, viewers.slice(0, findingSettings.writes))),
];
await Promise.all(lookers.map((looker) => looker.end()));
const summed = times.map(({ what, ms, statements }) => ({
  what,
  times: ms.length,
  ...(statements && { statements }),
  p50: quantile(ms, 0.5),
  p95: quantile(ms, 0.95),
  p99: quantile(ms, 0.99),
}));
const text = (value: number): string => value.toFixed(1);
console.log(
  `\nMilliseconds:\n\n${table([
    ['', 'times', 'p50', 'p95', 'p99'],
    ...summed.map(({ what, times: of, p50, p95, p99 }) => [
      what,
      String(of),
      text(p50),
      text(p95),
      text(p99),
    ]),
  ])}`,
);

/** How many times quicker, by the 99th percentile and by the median. */
const of = (what: string) => summed.find((one) => one.what === what)!;
const compared = (
  [
    ['page 1, 1 at once', 'plain EXISTS'],
    ['page 1, 1 at once', 'arrays with GIN'],
    [`page ${findingSettings.page} of long lists, 1 at once`, 'page 1 of long lists, 1 at once'],
    [`page ${findingSettings.page} of long lists, 8 at once`, 'page 1 of long lists, 8 at once'],
  ] as const
).map(([what, limit]) => ({
  what,
  limit,
  goal: goalOf(what, limit),
  ratio: of(limit).p99 / of(what).p99,
  ofMedians: of(limit).p50 / of(what).p50,
}));
console.log(
  `\nHow many times quicker:\n\n${table([
    ['', 'than', 'at p99', 'at p50', 'goal'],
    ...compared.map(({ what, limit, ratio, ofMedians, goal }) => [
      what,
      limit,
      two(ratio),
      two(ofMedians),
      goal === null ? '' : `≥ ${two(goal)}`,
    ]),
  ])}`,
);

const rated = await ratesOf(await pagePairs());
writeResults('finding', {
  people: findingSettings.people,
  built,
  fairness: days,
  times: summed,
  results: [...compared, ...rated],
});
await client.end();
process.exit(0);
