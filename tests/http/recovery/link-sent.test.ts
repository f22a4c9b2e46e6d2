import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, wrongCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  askOften,
  holdingCode,
  joinedYesterday,
  leftFor,
  linksTo,
  ownersLink,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many links have left for an address. */
const links = async (to: string): Promise<number> => (await leftFor(house, to)).links;
const entersBy = async (path: string, username: string): Promise<void> => {
  const owner = visitor(house);
  expect((await owner.post(path)).redirectedTo).toBe('/password/new');
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
};

test('the press that finds the budget spent sends its owner a letter with a link, and that link opens the door', async () => {
  const { username, email } = await joinedYesterday(house);
  await askOften(house, email, 5);
  expect(await links(email)).toBe(0);
  expect((await forgot(visitor(house), email)).status).toBe(429);
  expect(await links(email)).toBe(1);
  const letter = house.outbox.to(email).at(-1);
  expect(letter).toMatchObject({ channel: 'email', subject: 'Your link to a new ChatLink password' });
  expect(letter?.text).toContain('It works once, for 30 minutes.');
  const [path = '?'] = linksTo(house, email);
  for (const body of [letter?.text, letter?.html]) expect(body).toContain(`http://chatlink.test${path}`);
  await entersBy(path, username);
});

test('somebody who joined by phone gets it as a text', async () => {
  const mobile = newMobile();
  const { username } = await joinedYesterday(house, byMobile(mobile));
  const path = await ownersLink(house, mobile, mobile);
  const text = house.outbox.to(mobile).at(-1);
  expect(text?.channel).toBe('sms');
  expect(text?.text).toContain(`http://chatlink.test${path}`);
  await entersBy(path, username);
});

test('by a username it goes where its codes go, and nowhere else', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  await askOften(house, username, 6);
  expect([await links(email), house.outbox.to(phone).length]).toEqual([1, 0]);
});

test('by a number it goes to that number, though there is an email address', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  await askOften(house, phone, 6);
  expect([await links(phone), await links(email)]).toEqual([1, 0]);
});

test('too many wrong codes send it too', async () => {
  const { email } = await joinedYesterday(house);
  for (let run = 0; run < 2; run++) {
    const { who, code } = await holdingCode(house, email, email);
    await repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
  }
  const { who, code } = await holdingCode(house, email, email);
  expect(await links(email)).toBe(0);
  expect((await typeResetCode(who, code)).status).toBe(429);
  expect(await links(email)).toBe(1);
});

test('so does a press of "send a new code" that finds the budget spent', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  await askOften(house, email, 4);
  expect(await links(email)).toBe(0);
  expect((await resendReset(who)).status).toBe(429);
  expect(await links(email)).toBe(1);
});

test('a press that has only to wait for its next code sends none', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  await repeatedly(2, () => resendReset(who));
  expect((await resendReset(who)).status).toBe(429);
  expect(await links(email)).toBe(0);
});

test('it reaches nobody but its owner, and opens nobody else’s account', async () => {
  const ann = await joinedYesterday(house);
  const ben = await joinedYesterday(house);
  const before = house.outbox.messages.length;
  const path = await ownersLink(house, ann.email, ann.email);
  await settled(house);
  expect(new Set(house.outbox.messages.slice(before).map(({ to }) => to))).toEqual(new Set([ann.email]));
  const owner = visitor(house);
  await owner.post(path);
  expect((await owner.get('/password/new')).html).toContain(ann.username);
  await setPassword(owner);
  expect((await visitor(house).signIn(ben.username, ben.password)).redirectedTo).toBe('/profile');
  expect((await visitor(house).signIn(ben.username, another)).status).toBe(422);
});

test('wrong codes for an address without an account send none', async () => {
  const before = house.outbox.messages.length;
  for (const identifier of ['nobody@example.com', 'nobody_here']) {
    for (let run = 0; run < 3; run++) {
      const who = visitor(house);
      await forgot(who, identifier);
      await repeatedly(5, () => typeResetCode(who, '000000'));
    }
  }
  await settled(house);
  expect(house.outbox.messages).toHaveLength(before);
});
