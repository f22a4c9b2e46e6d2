import { expect, test } from '@jest/globals';
import { pauseAfter } from '../../../src/browser/live/backoff.ts';

test('comes back soon, then ever later, half of it by chance', () => {
  expect([0, 1, 2, 3].map((failures) => pauseAfter(failures, 1))).toEqual([250, 500, 1_000, 2_000]);
  expect(pauseAfter(3, 0)).toBe(1_000);
  expect(pauseAfter(50, 1)).toBe(10_000);
});
