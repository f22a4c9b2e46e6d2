import { nearLanguages } from '../../../src/kernel/languages/near.ts';
import { findingPolicy } from '../../../src/features/people/policy.ts';
import type { Someone } from './populations.ts';

function withNear(codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => [code, ...nearLanguages(code)]))];
}

/** Who fits whom both ways, by their numbers. */
export function matchesOf(all: readonly Someone[]): (n: number) => number[] {
  const byPair = new Map<string, number[]>();
  const key = (speaks: string, learns: string): string => `${speaks} ${learns}`;
  for (const [n, { native, learning }] of all.entries())
    for (const speaks of native)
      for (const learns of learning) {
        const known = byPair.get(key(speaks, learns)) ?? [];
        byPair.set(key(speaks, learns), [...known, n]);
      }
  return (n) => {
    const { native, learning } = all[n]!;
    const pairs = withNear(learning).flatMap((speaks) =>
      withNear(native).map((learns) => key(speaks, learns)),
    );
    return [...new Set(pairs.flatMap((pair) => byPair.get(pair) ?? []))].filter((other) => other !== n);
  };
}

/** What is fairest: each look shows those who were shown least so far, whatever else fits. */
export function allocate(all: readonly Someone[], lookers: readonly number[]): number[] {
  const shown = all.map(() => 0);
  const matches = matchesOf(all);
  for (const looker of lookers) {
    const least = matches(looker).toSorted((a, b) => shown[a]! - shown[b]! || a - b);
    for (const one of least.slice(0, findingPolicy.page)) shown[one]!++;
  }
  return shown;
}

/** What share of all looks the most shown hundredth has. */
export function shareOfTop(shown: readonly number[]): number {
  const sorted = shown.toSorted((a, b) => b - a);
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  return sum(sorted.slice(0, Math.ceil(shown.length / 100))) / sum(sorted);
}

/** 0: all are shown alike; 1: one has it all. */
export function gini(shown: readonly number[]): number {
  const sorted = shown.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, one) => total + one, 0);
  const weighted = sorted.reduce((total, one, n) => total + (n + 1) * one, 0);
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}
