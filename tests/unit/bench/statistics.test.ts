import { expect, test } from '@jest/globals';
import { auc } from '../../../bench/statistics.ts';

test.each<[number[], number[], number]>([
  [[1, 2, 3], [4, 5, 6], 1],
  [[4, 5, 6], [1, 2, 3], 1],
  [[1, 4, 5, 8], [2, 3, 6, 7], 0.5],
  [[1, 1], [1, 1, 1], 0.5],
  [[1, 2], [2, 3], 0.875],
])('of %j and %j the larger one is known by %d', (left, right, share) => {
  expect(auc(left, right)).toBeCloseTo(share, 10);
});
