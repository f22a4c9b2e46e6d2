import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { handleOfTheOther, historySeenBy, revoke, revokeOthers, settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const browser = (name: keyof typeof userAgents, ip: string): Visitor => {
  const who = visitor(house, { ip });
  who.headers = { 'User-Agent': userAgents[name] };
  return who;
};
/** Does one thing after the other, a minute apart, each with all that follows from it. */
const oneByOne = async (...acts: (() => Promise<unknown>)[]): Promise<void> => {
  for (const act of acts) {
    house.clock.pass(minutes(1));
    await act();
    await settled(house);
  }
};
const at = (minute: number): string => `15 Jun 2026, 12:${String(minute).padStart(2, '0')} UTC`;

test('each act is told once, newest first: what, when, from which device and whether from this network', async () => {
  const laptop = browser('Firefox on Windows', '203.0.113.5');
  const phone = browser('Safari on iPhone', '198.51.100.9');
  const eve = browser('Chrome on Android', '192.0.2.7');
  const { username, email } = await laptop.signUp();
  await oneByOne(
    () => laptop.post('/logout'),
    () => laptop.signIn(username, right),
    () => phone.signIn(username, right),
    async () => revoke(laptop, await handleOfTheOther(laptop)),
    () => revokeOthers(laptop),
    () => eve.signIn(username, wrong),
    () => eve.signIn(email, wrong),
    () => eve.signIn(email.toUpperCase(), wrong),
    () =>
      laptop.post('/settings/password', {
        currentPassword: wrong,
        password: another,
        passwordConfirmation: another,
      }),
    () =>
      laptop.post('/settings/password', {
        currentPassword: right,
        password: another,
        passwordConfirmation: another,
      }),
    async () => {
      // The letters about the phone and the new password came before the code.
      for (let n = 0; n < 2; n++) await house.outbox.next(email);
      await granted(house, username, email, phone);
    },
    () => setPassword(phone, 'harbour-cinnamon-58'),
    () => laptop.signIn(username, 'harbour-cinnamon-58'),
  );
  const [mine, other] = ['from your present network', 'from another network'];
  const seen = (await historySeenBy(laptop)).map(({ text, when, where }) => [text, when, where]);
  expect(seen).toEqual([
    // The new password has made it a stranger, too.
    ['Signed in on a new device', at(13), `Firefox on Windows, ${mine}`],
    ['New password set by code or link', at(12), `Safari on iPhone, ${other}`],
    ['A code for a new password was asked for', at(11), `Safari on iPhone, ${other}`],
    ['Password changed', at(10), `Firefox on Windows, ${mine}`],
    ['Refused A wrong password was typed in the settings', at(9), `Firefox on Windows, ${mine}`],
    [
      'Refused Sign-in with a wrong password 3 times that day',
      `Last: ${at(8)}`,
      `Chrome on Android, ${other}`,
    ],
    ['All other devices were signed out', at(5), `Firefox on Windows, ${mine}`],
    ['One device was signed out', at(4), `Firefox on Windows, ${mine}`],
    ['Signed in on a new device', at(3), `Safari on iPhone, ${other}`],
    ['Signed in', at(2), `Firefox on Windows, ${mine}`],
    ['Signed out', at(1), `Firefox on Windows, ${mine}`],
    ['You joined ChatLink', at(0), `Firefox on Windows, ${mine}`],
  ]);
});
