import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { goals } from '../../../bench/goals.ts';

interface Result {
  what: string;
  limit: string;
  ratio: number;
}
const programs = JSON.parse(readFileSync('bench/results.json', 'utf8')) as Record<
  string,
  { results: Result[] }
>;
const results = Object.values(programs).flatMap((program) => program.results);

/** As it is printed: a third digit is noise. */
function printed(ratio: number): number {
  return Number(ratio.toFixed(2));
}

function missedBy(found: readonly Result[]): string[] {
  return Object.entries(goals).flatMap(([name, { what, limit, ratio }]) => {
    const result = found.find((one) => one.what === what && one.limit === limit);
    if (!result) return [`${name}: not measured`];
    return printed(result.ratio) < ratio ? [`${name}: ${printed(result.ratio)} of ${ratio}`] : [];
  });
}

test('every goal was reached when it was measured last', () => {
  expect(missedBy(results)).toEqual([]);
});

describe('what would be missed is said:', () => {
  test.each(Object.entries(goals))('%s', (name, { what, limit, ratio }) => {
    const others = results.filter((one) => one.what !== what || one.limit !== limit);
    expect(missedBy(others)).toEqual([`${name}: not measured`]);
    expect(missedBy([...others, { what, limit, ratio: ratio - 0.01 }])).toHaveLength(1);
    expect(missedBy([...others, { what, limit, ratio: ratio - 0.004 }])).toEqual([]);
  });
});

test('every goal that asks for less than was wanted says why', () => {
  expect(goals['sign-up beside the hash']!.why).toContain('docs/decisions/');
});
