import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import type { CapturedMessage } from '../../support/captured.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const change = (who: Visitor, currentPassword = right) =>
  who.post('/settings/password', { currentPassword, password: another, passwordConfirmation: another });
/** What was told of a changed password to these contacts, once the worker has nothing more to do. */
const toldOfIt = async (...contacts: string[]): Promise<CapturedMessage[]> => {
  await settled(house);
  return contacts
    .flatMap((to) => house.outbox.to(to))
    .filter(({ text }) => /password of .* was changed/.test(text));
};
const give = (username: string, columns: string, ...values: unknown[]) =>
  house.stores.sql(`UPDATE "User" SET ${columns} WHERE "username" = $1`, [username, ...values]);

test('every verified contact is told once: when, from what, and what to do', async () => {
  const ann = visitor(house);
  ann.headers = { 'User-Agent': userAgents['Firefox on Windows'] };
  const { username, email } = await ann.signUp();
  const mobile = newMobile();
  await give(username, '"phone" = $2, "phoneVerifiedAt" = $3', mobile, house.clock.now());
  await change(ann);
  house.clock.pass(minutes(1));
  const [letter, text, ...more] = await toldOfIt(email, mobile);
  expect(more).toEqual([]);
  expect([letter?.channel, letter?.subject]).toEqual(['email', 'Your ChatLink password was changed']);
  for (const part of [letter!.text, letter!.html!])
    for (const word of [
      username,
      'Firefox on Windows',
      '15 Jun 2026, 12:00 UTC',
      'http://chatlink.test/password/forgot',
    ])
      expect(part).toContain(word);
  expect(text?.channel).toBe('sms');
  for (const word of [username, '15 Jun 2026, 12:00 UTC', 'http://chatlink.test/password/forgot'])
    expect(text?.text).toContain(word);
  for (const message of [letter!, text!])
    for (const secret of [right, another, email, mobile])
      expect(JSON.stringify({ ...message, to: '' })).not.toContain(secret);
});

test('a contact that was never verified is told nothing', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  const mobile = newMobile();
  await give(username, '"phone" = $2', mobile);
  await change(ann);
  expect((await toldOfIt(email, mobile)).map(({ to }) => to)).toEqual([email]);
});

test('where there is no mail, the text tells it', async () => {
  const mobile = newMobile();
  const ann = visitor(house);
  await ann.signUp(byMobile(mobile));
  await change(ann);
  expect((await toldOfIt(mobile)).map(({ channel }) => channel)).toEqual(['sms']);
});

test('a new password by a code is told of just the same, by all of them', async () => {
  const { username, email } = await visitor(house).signUp();
  const mobile = newMobile();
  await give(username, '"phone" = $2, "phoneVerifiedAt" = $3', mobile, house.clock.now());
  const eve = await granted(house, username, email);
  await setPassword(eve, another);
  expect((await toldOfIt(email, mobile)).map(({ to }) => to)).toEqual([email, mobile]);
});

test('what changed nothing is not told of', async () => {
  const ann = visitor(house);
  const { email } = await ann.signUp();
  await change(ann, wrong);
  await ann.post('/settings/password', {
    currentPassword: right,
    password: right,
    passwordConfirmation: right,
  });
  expect(await toldOfIt(email)).toEqual([]);
});
