import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import type { CapturedMessage } from '../../support/captured.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { alsoOn, settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** What was told of new devices to these contacts, once the worker has nothing more to do. */
const toldOfIt = async (...contacts: string[]): Promise<CapturedMessage[]> => {
  await settled(house);
  return contacts
    .flatMap((to) => house.outbox.to(to))
    .filter(({ text }) => /not seen before|new sign-in/.test(text));
};

test('the owner hears of a browser that was never signed in before: which, when, and what to do', async () => {
  const { username, email } = await visitor(house).signUp();
  await alsoOn(house, username, { userAgent: userAgents['Safari on iPhone'] });
  const [letter, ...more] = await toldOfIt(email);
  expect(more).toEqual([]);
  expect(letter?.subject).toBe('A new device signed in to ChatLink');
  for (const part of [letter!.text, letter!.html!])
    for (const word of [
      username,
      'Safari on iPhone',
      '15 Jun 2026, 12:00 UTC',
      'http://chatlink.test/password/forgot',
    ])
      expect(part).toContain(word);
});

test('not of joining, nor of a device that is known, nor of a wrong password', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  await repeatedly(3, async () => {
    await ann.post('/logout');
    expect((await ann.signIn(username, right)).redirectedTo).toBe('/profile');
  });
  await visitor(house).signIn(username, wrong);
  expect(await toldOfIt(email)).toEqual([]);
});

test('once for each: the second sign-in of a browser is no news', async () => {
  const { username, email } = await visitor(house).signUp();
  const phone = await alsoOn(house, username);
  await phone.post('/logout');
  await phone.signIn(username, right);
  await alsoOn(house, username);
  expect(await toldOfIt(email)).toHaveLength(2);
});

test('nor of the browser that set a new password by a code', async () => {
  const { username, email } = await visitor(house).signUp();
  const ann = await granted(house, username, email);
  await setPassword(ann, another);
  await ann.signIn(username, another);
  expect(await toldOfIt(email)).toEqual([]);
});

test('who has a mail address hears of it by mail alone', async () => {
  const { username, email } = await visitor(house).signUp();
  const mobile = newMobile();
  await house.stores.sql('UPDATE "User" SET "phone" = $2, "phoneVerifiedAt" = $3 WHERE "username" = $1', [
    username,
    mobile,
    house.clock.now(),
  ]);
  await alsoOn(house, username);
  expect((await toldOfIt(email, mobile)).map(({ channel }) => channel)).toEqual(['email']);
});

test.each([
  ['markup', '<a href="https://evil.example">Click</a>'],
  ['a call for help', 'Your account is locked! Call +1 555 0100 now'],
  ['an address beside a browser', 'Firefox/1 https://evil.example/x (Windows NT 10.0)'],
  ['ten thousand characters', `${userAgents['Firefox on Linux']} ${'evil '.repeat(2_000)}`],
])('what a browser says of itself is never quoted: %s', async (_, userAgent) => {
  house.clock.pass(minutes(1));
  const { username, email } = await visitor(house).signUp();
  await alsoOn(house, username, { userAgent });
  const [letter] = await toldOfIt(email);
  const device = /before:\s+(.+), \d+ \w+ \d+/.exec(letter!.text)?.[1];
  expect(['an unknown device', 'Firefox', 'Firefox on Windows']).toContain(device);
  for (const raw of ['evil.example', 'evil evil', '>Click<', 'is locked', '+1 555 0100'])
    expect(`${letter!.subject} ${letter!.text} ${letter!.html?.split('<body>')[1]}`).not.toContain(raw);
});
