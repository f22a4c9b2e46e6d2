import { afterEach, expect, test } from '@jest/globals';
import type { CapturedMessage } from '../../support/captured.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { another, setPassword } from '../../support/recovering.ts';
import { alsoReachedBy, holdingGrant, joinedYesterday, linked } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 2, backoff: 10 } } });
afterEach(() => {
  house.outbox.failure = null;
});

const onMac = (): Visitor => {
  const who = visitor(house);
  who.headers = { 'User-Agent': userAgents['Safari on Mac'] };
  return who;
};
/** What has been sent to somebody about a new password. */
const noticesTo = async (to: string): Promise<CapturedMessage[]> => {
  await settled(house);
  return house.outbox.to(to).filter(({ text }) => /password of .* was changed/.test(text));
};
/** Everything that is said in a message, without the name that may hold anything. */
const wordsOf = ({ subject, text, html }: CapturedMessage, username: string): string[] =>
  [subject ?? '', text, html?.split('<body>')[1] ?? ''].map((part) => part.replaceAll(username, 'NAME'));

test('every verified contact is told when, from what kind of device, and what to do', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  const who = await holdingGrant(house, email, email, onMac());
  house.clock.set('2027-03-04T05:06:07.000Z');
  const late = await holdingGrant(house, email, email, who);
  expect((await setPassword(late)).redirectedTo).toBe('/login');
  const [mail, ...moreMail] = await noticesTo(email);
  const [text, ...moreTexts] = await noticesTo(phone);
  expect([moreMail, moreTexts]).toEqual([[], []]);
  expect(mail?.subject).toBe('Your ChatLink password was changed');
  expect(text?.channel).toBe('sms');
  for (const said of [mail?.text, mail?.html, text?.text]) {
    expect(said).toContain('4 Mar 2027, 05:06 UTC');
    expect(said).toContain(username);
    expect(said).toContain('http://chatlink.test/password/forgot');
    expect(said).toContain('Safari on Mac');
  }
});

test('no code, no token and no password is in it, whichever way the reset went', async () => {
  const byCode = await joinedYesterday(house);
  await setPassword(await holdingGrant(house, byCode.email, byCode.email));
  const byLink = await linked(house);
  const owner = visitor(house);
  await owner.post(byLink.path);
  await setPassword(owner);
  for (const { username, email, password } of [byCode, byLink]) {
    const [mail, ...more] = await noticesTo(email);
    expect(more).toEqual([]);
    for (const words of wordsOf(mail!, username)) {
      expect(words).not.toMatch(/(?<!\d)\d{6}(?!\d)|\/password\/link/);
      expect(words).not.toMatch(/[\w-]{32,}/);
      expect([words.includes(another), words.includes(password)]).toEqual([false, false]);
    }
  }
});

test('an unverified number is not told', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone, verified: false });
  await setPassword(await holdingGrant(house, email, email));
  expect(await noticesTo(email)).toHaveLength(1);
  expect(house.outbox.to(phone)).toEqual([]);
});

test('somebody who has only a phone is told by text', async () => {
  const mobile = newMobile();
  const { username } = await joinedYesterday(house, byMobile(mobile));
  await setPassword(await holdingGrant(house, username, mobile));
  expect(await noticesTo(mobile)).toHaveLength(1);
});

test('a mailbox that refuses the letter does not keep the text from leaving', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  const who = await holdingGrant(house, email, email);
  house.outbox.failure = (to) => (to === email ? new Error('connect ECONNREFUSED') : null);
  await setPassword(who);
  expect([(await noticesTo(phone)).length, (await noticesTo(email)).length]).toEqual([1, 0]);
});

test('with two instances at work it is told once', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    await setPassword(who.at(second));
    expect(await noticesTo(email)).toHaveLength(1);
  });
});

test('a refused new password tells nobody', async () => {
  const { email, password } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  for (const refused of ['short', 'password123', password]) await setPassword(who, refused);
  expect(await noticesTo(email)).toEqual([]);
});
