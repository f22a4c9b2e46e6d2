import { expect, test } from '@jest/globals';
import { hoursTogether } from '../../../../../src/features/people/person/shared.ts';

test.each<[number, string[]]>([
  [0, ['7–23']],
  // Their clock is an hour before the viewer's: they wake and sleep an hour earlier.
  [60, ['7–22']],
  [-60, ['8–23']],
  [330, ['7–17']],
  [480, ['7–15']],
  [-480, ['15–23']],
  // At the other side of the world: their evening is the viewer's morning, and their morning the evening.
  [720, ['7–11', '19–23']],
  [-720, ['7–11', '19–23']],
  // Round the date line: Auckland by Honolulu.
  [1320, ['9–23']],
  [-1320, ['7–21']],
])('whose clock is %i minutes before: %j', (minutes, right) => {
  expect(
    hoursTogether(minutes)
      .map(({ from, until }) => `${from}–${until}`)
      .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  ).toEqual(right);
});
