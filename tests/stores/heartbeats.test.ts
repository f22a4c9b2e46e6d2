import { expect, test } from '@jest/globals';
import { createHeartbeats } from '../../src/platform/stores/heartbeats.ts';
import { together } from '../support/many.ts';
import { twoNodes } from '../support/nodes.ts';

const { clock, of } = await twoNodes();
const beats = of(({ redis }) => createHeartbeats(redis, 'trial'));
const lasts = 45_000;
const beat = (n: number, ...names: string[]) => beats(n).beat(names, clock.now(), lasts);

test('of fifty at once on two nodes one hears that somebody came', async () => {
  const came = await together(50, (n) => beat(n, 'ann'));
  expect(came.flat()).toEqual(['ann']);
  expect(await beat(1, 'ben', 'ann')).toEqual(['ben']);
});

test('somebody is there to the last millisecond, and of fifty at once one hears that they have gone', async () => {
  await beat(0, 'ann', 'ben');
  clock.pass(lasts - 1);
  await beat(1, 'ben');
  expect(await beats(0).takeGone(clock.now())).toEqual([]);
  expect(await beats(1).there(['ann', 'ben', 'cleo'], clock.now())).toEqual(new Set(['ann', 'ben']));
  clock.pass(1);
  expect(await beats(1).there(['ann', 'ben', 'cleo'], clock.now())).toEqual(new Set(['ben']));
  const gone = await together(50, (n) => beats(n).takeGone(clock.now()));
  expect(gone.flat()).toEqual(['ann']);
});

test('whoever comes back before anybody heard that they had gone comes anew', async () => {
  await beat(0, 'ann');
  clock.pass(lasts);
  expect(await beat(1, 'ann')).toEqual(['ann']);
  expect(await beats(0).takeGone(clock.now())).toEqual([]);
});

test('a beat that comes late takes no time away', async () => {
  const earlier = clock.now();
  clock.pass(10_000);
  await beat(0, 'ann');
  await beats(1).beat(['ann'], earlier, lasts);
  clock.pass(lasts - 1);
  expect((await beats(0).there(['ann'], clock.now())).size).toBe(1);
});

test('thousands are one round each, and whoever is forgotten is not there', async () => {
  const many = Array.from({ length: 2_500 }, (_, n) => `p${n}`);
  expect(await beat(0, ...many)).toHaveLength(2_500);
  await beats(1).forget('p7');
  expect((await beats(1).there(many, clock.now())).size).toBe(2_499);
  expect((await beats(1).there([], clock.now())).size).toBe(0);
});
