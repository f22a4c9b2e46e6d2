import { expect, test } from '@jest/globals';
import { places } from '../../../src/browser/conversation/run.ts';

const minute = 60_000;
const day = (at: number): string => String(Math.floor(at / (24 * 60 * minute)));
const told = (mine: boolean, at: number, isNew = false) => ({ mine, at: at * minute, isNew });
const drawn = (...all: ReturnType<typeof told>[]): string =>
  places(all, day, 5 * minute)
    .map(({ startsDay, continues }) => `${startsDay ? 'day ' : ''}${continues ? 'close' : 'end'}`)
    .join(', ');

test('messages of one person within five minutes stand close together', () => {
  expect(drawn(told(true, 0), told(true, 5), told(true, 11))).toBe('day close, end, end');
  expect(drawn(told(true, 0), told(false, 1))).toBe('day end, end');
});

test('nothing stands close over the line before what is new, or over midnight', () => {
  expect(drawn(told(false, 0), told(false, 1, true))).toBe('day end, end');
  expect(drawn(told(false, 1438), told(false, 1441))).toBe('day end, day end');
});

test('an empty list has no days', () => expect(drawn()).toBe(''));
