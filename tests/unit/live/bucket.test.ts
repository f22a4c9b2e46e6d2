import { expect, test } from '@jest/globals';
import { createBucket } from '../../../src/live/bucket.ts';

function counted(permits: () => boolean, times: number): number {
  return Array.from({ length: times }, permits).filter(Boolean).length;
}

test('a bucket gives what it holds, and a little more with time', () => {
  let now = 0;
  const permits = createBucket({ burst: 5, aSecond: 2 }, () => now);
  expect(counted(permits, 20)).toBe(5);
  now = 499;
  expect(counted(permits, 20)).toBe(0);
  now = 500;
  expect(counted(permits, 20)).toBe(1);
  now = 60_000;
  expect(counted(permits, 20)).toBe(5);
});
