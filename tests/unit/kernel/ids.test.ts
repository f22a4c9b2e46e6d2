import { expect, test } from '@jest/globals';
import { type Random, newReference, systemRandom, uuidv7 } from '../../../src/kernel/ids.ts';

function loaded(byte: number, number: number): Random {
  return {
    bytes: (n) => Buffer.alloc(n, byte),
    below: () => number,
  };
}

test('an id of version 7 begins with its moment', () => {
  const now = new Date('2022-02-22T19:22:22.000Z');
  // The example of RFC 9562, appendix A.6, but for its random bits.
  expect(uuidv7(now, loaded(0xff, 0))).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
  expect(uuidv7(now, loaded(0x00, 0))).toBe('017f22e2-79b0-7000-8000-000000000000');
});

test('ids sort by their moments and do not repeat', () => {
  const ids = Array.from({ length: 1_000 }, (_, n) => uuidv7(new Date(1_750_000_000_000 + n), systemRandom));
  expect(ids.toSorted()).toEqual(ids);
  const now = new Date();
  expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(now, systemRandom))).size).toBe(1_000);
});

test('a reference is three letters that make no word and look like no other', () => {
  expect(newReference(loaded(0, 0))).toBe('BBB');
  expect(newReference(loaded(0, 19))).toBe('ZZZ');
  for (let n = 0; n < 200; n++) expect(newReference(systemRandom)).toMatch(/^[B-DF-HJ-NP-TV-XZ]{3}$/);
});

test('numbers below a bound stay below it', () => {
  const drawn = new Set(Array.from({ length: 500 }, () => systemRandom.below(5)));
  expect(drawn).toEqual(new Set([0, 1, 2, 3, 4]));
});
