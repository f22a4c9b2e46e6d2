import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another } from '../../support/recovering.ts';
import { alsoOn, confirm, copyOf, isIn, revokeOthers, settled } from '../../support/security.ts';
import { historySeenBy } from '../../support/security.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** A person who is asked for the password before the phone is signed out. */
const asked = async (): Promise<{ ann: Visitor; phone: Visitor; username: string }> => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  house.clock.pass(minutes(15));
  await revokeOthers(ann);
  await ann.get('/settings/confirm');
  return { ann, phone, username };
};
const change = (who: Visitor, currentPassword: string) =>
  who.post('/settings/password', { currentPassword, password: another, passwordConfirmation: another });

test('five wrong passwords are free, then the waits are one, five, fifteen and sixty minutes', async () => {
  const { ann, phone } = await asked();
  expect(statuses(await repeatedly(5, () => confirm(ann, wrong)))).toEqual({ 422: 5 });
  for (const wait of [1, 5, 15, 60]) {
    const page = await confirm(ann, right);
    expect([page.status, page.header('retry-after')]).toEqual([429, String(wait * 60)]);
    expect(page.html).toContain('There were too many tries.');
    house.clock.pass(minutes(wait) - 1);
    expect((await confirm(ann, right)).header('retry-after')).toBe('1');
    house.clock.pass(1);
    if (wait < 60) expect((await confirm(ann, wrong)).status).toBe(422);
  }
  expect(await isIn(phone)).toBe(true);
  expect((await confirm(ann, right)).redirectedTo).toBe('/settings/security');
  expect(await isIn(phone)).toBe(false);
});

test('of fifty at once, over two instances, exactly five are looked at', async () => {
  const { ann, phone } = await asked();
  const token = await ann.token();
  await withAnother(house, {}, async (second) => {
    const body = `_csrf=${encodeURIComponent(token)}&currentPassword=${wrong}`;
    const pages = await together(50, (n) =>
      copyOf(n % 2 ? house : second, ann).send('post', '/settings/confirm', body),
    );
    expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
    expect((await confirm(ann.at(second), right)).status).toBe(429);
  });
  expect(await isIn(phone)).toBe(true);
});

test('both pages that ask for the password share the session’s tries', async () => {
  const { ann } = await asked();
  expect(statuses(await repeatedly(5, () => change(ann, wrong)))).toEqual({ 422: 5 });
  expect(statuses([await change(ann, right), await confirm(ann, right)])).toEqual({ 429: 2 });
});

test('whoever guesses in a stolen session locks that session’s tries, and no other door of its owner', async () => {
  const { ann, phone, username } = await asked();
  await repeatedly(6, () => confirm(ann, wrong));
  expect((await change(phone, right)).redirectedTo).toBe('/settings/security');
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});

test('the right password clears what was counted', async () => {
  const { ann } = await asked();
  await repeatedly(4, () => confirm(ann, wrong));
  await confirm(ann, right);
  house.clock.pass(minutes(15));
  await revokeOthers(ann);
  expect(statuses(await repeatedly(5, () => confirm(ann, wrong)))).toEqual({ 422: 5 });
});

test('the owner reads of it, with how often', async () => {
  const { ann, phone } = await asked();
  await repeatedly(7, () => confirm(ann, wrong));
  await settled(house);
  const refused = (await historySeenBy(phone)).filter(({ text }) => /wrong password/.test(text));
  expect(refused.map(({ text }) => text)).toEqual([
    'Refused A wrong password was typed in the settings 5 times that day',
  ]);
});
