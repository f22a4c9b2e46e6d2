import { median, table } from '../statistics.ts';
import type { Measure, Pair } from './measures.ts';
import { canPin } from './pinned.ts';
import { rateSettings as settings } from './settings.ts';

interface Seen {
  ours: number[];
  limit: number[];
}

export interface Rated {
  what: string;
  limit: string;
  hashes: number;
  goal: number | null;
  ours: number[];
  limits: number[];
  ratio: number;
  ratios: number[];
}

function say(text: string): void {
  if (process.stdout.isTTY) console.log(text);
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

function rate(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
function spread(values: readonly number[]): string {
  return `${rate(median(values))} (${rate(Math.min(...values))}–${rate(Math.max(...values))})`;
}

function print(results: readonly Rated[]): void {
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
  console.log(
    `\nOne web process${canPin ? ' on one core' : ''}, ${rounds} rounds of ${seconds} s: median (least–most)\n`,
  );
  console.log(table([heading, ...rows]));
  console.log(
    '\nratio: of ours to the limit in the same round, times the hashes that one of ours needs; median.',
  );
}

/**
 * Ours beside their limits, measured in pieces by turns, so that whatever else the machine does falls on both; what counts is
 * the ratio of a round. Printed as well.
 */
export async function ratesOf(pairs: readonly Pair[]): Promise<Rated[]> {
  const seen = new Map<Pair, Seen>(pairs.map((pair) => [pair, { ours: [], limit: [] }]));
  for (const { ours, limit } of pairs) {
    say(`… warming up: ${ours.name}`);
    await ours.rate(settings.warmUp);
    await limit.rate(settings.warmUp);
  }
  for (let round = 0; round < settings.rounds; round++)
    for (const [pair, both] of seen) {
      say(`… round ${round + 1}: ${pair.ours.name}`);
      const sums = await measured(pair);
      both.ours.push(sums.ours);
      both.limit.push(sums.limit);
    }
  const results = [...seen].map(([pair, { ours, limit }]): Rated => {
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
  print(results);
  return results;
}
