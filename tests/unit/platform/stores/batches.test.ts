import { expect, test } from '@jest/globals';
import { inBatches } from '../../../../src/platform/stores/batches.ts';
import { together } from '../../../support/many.ts';

/** A store that doubles numbers, and knows what it was asked for. */
function doubling(most: number) {
  const asked: (readonly number[])[] = [];
  const double = inBatches(async (keys: readonly number[]) => {
    asked.push(keys);
    return keys.map((key) => key * 2);
  }, most);
  return { asked, double };
}

test('what is asked for in one turn of the event loop goes out together, so many at a time', async () => {
  const { asked, double } = doubling(20);
  expect(await together(50, double)).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
  expect(asked.map(({ length }) => length)).toEqual([20, 20, 10]);
  await double(7);
  expect(asked.at(-1)).toEqual([7]);
});

test('as many as there is room for make one batch, one more makes two', async () => {
  const { asked, double } = doubling(3);
  await together(3, double);
  expect(asked).toEqual([[0, 1, 2]]);
  await together(4, double);
  expect(asked.slice(1)).toEqual([[0, 1, 2], [3]]);
});

test('what comes in other callbacks of the same turn comes along', async () => {
  const { asked, double } = doubling(20);
  const later = new Promise<number>((resolve, reject) =>
    process.nextTick(() => double(2).then(resolve, reject)),
  );
  const waiting = Promise.resolve().then(() => double(3));
  expect(await Promise.all([double(1), waiting, later])).toEqual([2, 6, 4]);
  expect(asked.map((keys) => keys.toSorted((a, b) => a - b))).toEqual([[1, 2, 3]]);
});

test('nothing is kept: the same key is asked for again, at once and later', async () => {
  const { asked, double } = doubling(20);
  expect(await Promise.all([double(1), double(1)])).toEqual([2, 2]);
  await double(1);
  expect(asked).toEqual([[1, 1], [1]]);
});

test('a batch that fails fails for all of it, and for nobody after it', async () => {
  let away = true;
  const ask = inBatches(async (keys: readonly number[]) => {
    if (away) throw new Error('the store is away');
    return [...keys];
  }, 20);
  const outcomes = await Promise.allSettled([ask(1), ask(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  away = false;
  expect(await ask(3)).toBe(3);
});
