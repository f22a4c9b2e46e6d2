import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { moveIn } from '../people.ts';
import { median, table } from '../statistics.ts';
import { type Measure, measuresOf, type Pair } from './measures.ts';
import { canPin } from './pinned.ts';
import { rateSettings as settings } from './settings.ts';
import { openLimits, openSite } from './site.ts';

/**
 * How many pages and journeys a second one web process does, beside what the machine can do at all. Both are
 * measured in pieces by turns, so that whatever else the machine does falls on both; what counts is the ratio of a round.
 */
await moveIn();
const site = await openSite();
const pairs = await measuresOf(site, await openLimits());

interface Seen {
  ours: number[];
  limit: number[];
}
const seen = new Map<Pair, Seen>(pairs.map((pair) => [pair, { ours: [], limit: [] }]));

function say(text: string): void {
  if (process.stdout.isTTY) console.log(text);
}
for (const { ours, limit } of pairs) {
  say(`… warming up: ${ours.name}`);
  await ours.rate(settings.warmUp);
  await limit.rate(settings.warmUp);
}
/** The rates of one measurement of both, made of pieces in a random order. */
async function measured({ ours, limit, piece }: Pair): Promise<Record<keyof Seen, number>> {
  const sums = { ours: 0, limit: 0 };
  const pieces = Math.max(1, Math.round(settings.seconds / piece));
  const one = async (side: keyof Seen, measure: Measure): Promise<void> => {
    sums[side] += (await measure.rate(Math.min(piece, settings.seconds))) / pieces;
  };
  for (let n = 0; n < pieces; n++) {
    const oursFirst = Math.random() < 0.5;
    if (oursFirst) await one('ours', ours);
    await one('limit', limit);
    if (!oursFirst) await one('ours', ours);
  }
  return sums;
}
for (let round = 0; round < settings.rounds; round++)
  for (const [pair, both] of seen) {
    say(`… round ${round + 1}: ${pair.ours.name}`);
    const sums = await measured(pair);
    both.ours.push(sums.ours);
    both.limit.push(sums.limit);
  }

function rate(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
function spread(values: readonly number[]): string {
  return `${rate(median(values))} (${rate(Math.min(...values))}–${rate(Math.max(...values))})`;
}

const results = [...seen].map(([pair, { ours, limit }]) => {
  const ratios = ours.map((value, n) => (value * Math.max(1, pair.hashes)) / limit[n]!);
  return {
    what: pair.ours.name,
    limit: pair.limit.name,
    hashes: pair.hashes,
    goal: pair.goal,
    ours,
    limits: limit,
    ratio: median(ratios),
    ratios,
  };
});

const heading = ['', 'a second', 'beside it', 'a second', 'ratio', 'goal'];
const rows = results.map(({ what, ours, limit, limits, ratio, goal }) => [
  what,
  spread(ours),
  limit,
  spread(limits),
  ratio.toFixed(2),
  goal === null ? '' : `≥ ${goal.toFixed(2)}`,
]);
const { rounds, seconds } = settings;
const [cpu] = os.cpus();
console.log(
  `\nOne web process${canPin ? ' on one core' : ''}, ${rounds} rounds of ${seconds} s: median (least–most)\n`,
);
console.log(table([heading, ...rows]));
console.log(
  '\nratio: of ours to the limit in the same round, times the hashes that one of ours needs; median.',
);

const machine = { cpu: cpu?.model ?? '', cores: os.cpus().length, node: process.version, pinned: canPin };
const file = 'bench/results.json';
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), machine, rounds, seconds, results }, null, 2)}\n`,
);
console.log(`\nWritten to ${file}.`);
process.exit(0);
