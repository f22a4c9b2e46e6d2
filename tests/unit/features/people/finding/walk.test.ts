import { describe, expect, test } from '@jest/globals';
import {
  beginWalk,
  behind,
  lastPlace,
  seenMark,
  stretches,
  walkAsTexts,
  walkFromTexts,
} from '../../../../../src/features/people/finding/walk.ts';
import { findingPolicy } from '../../../../../src/features/people/policy.ts';

const now = new Date('2026-06-15T12:34:56.789Z');

test('a walk begins at one place for an hour, at another in the next, and elsewhere for somebody else', () => {
  const at = (id: string, minutes: number) =>
    beginWalk(id, new Date(Date.UTC(2026, 5, 15, 12, minutes))).start;
  expect(at('ann', 0)).toBe(at('ann', 59));
  expect(at('ann', 0)).not.toBe(at('ann', 60));
  expect(at('ann', 0)).not.toBe(at('ben', 0));
});

test('it reads itself out of what a cursor holds, marks and all, until it is too old', () => {
  const begun = beginWalk('ann', now);
  const marks = [0n, 1n, 2n ** 48n - 1n];
  const walks = [
    begun,
    { ...begun, window: { stretch: 2, place: lastPlace }, seen: marks },
    { ...begun, from: { stretch: 3, place: 0n }, window: { stretch: 3, place: 5n }, seen: [] },
  ];
  for (const walk of walks)
    expect(walkFromTexts(walkAsTexts(walk), now)).toEqual({ ...walk, window: walk.window });
  const end = new Date(now.getTime() + findingPolicy.walkLasts);
  expect(walkFromTexts(walkAsTexts(begun), end)).not.toBeNull();
  expect(walkFromTexts(walkAsTexts(begun), new Date(end.getTime() + 1))).toBeNull();
});

test('a full window of marks fits into an address', () => {
  const seen = Array.from({ length: findingPolicy.window }, (_, n) =>
    seenMark(BigInt(n) * 7_919_000_000_007n),
  );
  const texts = walkAsTexts({ ...beginWalk('ann', now), window: { stretch: 0, place: 5n }, seen });
  expect(JSON.stringify(texts).length).toBeLessThan(1_100);
});

describe('the ring', () => {
  const start = 1_000n;
  test('has every place once for the awake and once for the dormant', () => {
    const sum = stretches(start).reduce((all, { low, high }) => all + (high - low + 1n), 0n);
    expect(sum).toBe(2n * (lastPlace + 1n));
  });

  test('goes on behind its last place where it began, and ends before that', () => {
    expect(behind({ stretch: 0, place: start }, start)).toEqual({ stretch: 0, place: start + 1n });
    expect(behind({ stretch: 0, place: lastPlace }, start)).toEqual({ stretch: 1, place: 0n });
    expect(behind({ stretch: 1, place: start - 1n }, start)).toEqual({ stretch: 2, place: start });
    expect(behind({ stretch: 3, place: start - 1n }, start)).toBeNull();
    // Who begins at the first place has no second half.
    expect(behind({ stretch: 0, place: lastPlace }, 0n)).toEqual({ stretch: 2, place: 0n });
    expect(behind({ stretch: 2, place: lastPlace }, 0n)).toBeNull();
  });
});
