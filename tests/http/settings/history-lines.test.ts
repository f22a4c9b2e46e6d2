import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { repeatedly } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import { alsoOn, confirm, historySeenBy, revokeOthers, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a network is a neighbourhood: the same /24, or /48 of IPv6', async () => {
  const { username } = await visitor(house, { ip: '203.0.113.5' }).signUp();
  const whereFrom = async (ip: string): Promise<string[]> => {
    house.clock.pass(minutes(1));
    const who = await alsoOn(house, username, { ip });
    return (await historySeenBy(who)).map(({ where }) => where.split(', ')[1]!);
  };
  const [mine, other] = ['from your present network', 'from another network'];
  expect(await whereFrom('203.0.113.250')).toEqual([mine, mine]);
  expect(await whereFrom('203.0.114.5')).toEqual([mine, other, other]);
  expect(await whereFrom('2001:db8:7:1::1')).toEqual([mine, other, other, other]);
  expect(await whereFrom('2001:db8:7:ffff::9')).toEqual([mine, mine, other, other, other]);
  expect(await whereFrom('2001:db8:8:1::1')).toEqual([mine, other, other, other, other, other]);
});

test('the password given once more is no act of its own; what it was given for is', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await alsoOn(house, username);
  house.clock.pass(minutes(15));
  await revokeOthers(ann);
  await confirm(ann);
  await settled(house);
  expect((await historySeenBy(ann)).map(({ text }) => text).slice(0, -2)).toEqual([
    'All other devices were signed out',
  ]);
});

test('codes that strangers ask for, and the link that follows, are told', async () => {
  const ann = visitor(house);
  const { email } = await ann.signUp();
  await repeatedly(6, () => forgot(visitor(house), email));
  await settled(house);
  expect((await historySeenBy(ann)).map(({ text }) => text).toSorted()).toEqual([
    'A code for a new password was asked for 4 times that day',
    'A link for a new password was sent to you',
    'You joined ChatLink',
  ]);
});

test('nobody reads of anybody else', async () => {
  const [ann, ben] = [visitor(house), visitor(house)];
  const { username } = await ann.signUp();
  await ben.signUp();
  await alsoOn(house, username);
  await visitor(house).signIn(username, wrong);
  await revokeOthers(ann);
  await settled(house);
  expect((await historySeenBy(ben)).map(({ text }) => text)).toEqual(['You joined ChatLink']);
});
