import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('by email: a code, a new password, and the old one is worthless', async () => {
  const { username, email, password } = await visitor(house).signUp();
  const ann = visitor(house);
  expect((await ann.get('/password/forgot')).html).toContain('Forgot your password?');
  expect((await forgot(ann, ` ${email.toUpperCase()} `)).redirectedTo).toBe('/password/code');
  const page = await ann.get('/password/code');
  expect(page.html).toContain(`${email[0]}••••••••@example.com`);
  const letter = await house.outbox.next(email);
  expect(letter.subject).toMatch(/^[A-Z]{3}: your ChatLink code for a new password$/);
  expect(page.html).toContain(letter.subject!.slice(0, 3));
  const code = /\d{6}/.exec(letter.text)![0];
  expect((await ann.post('/password/code', { code })).redirectedTo).toBe('/password/new');
  expect((await ann.get('/password/new')).html).toContain(username);
  const done = await setPassword(ann);
  expect(done.redirectedTo).toBe('/login');
  expect((await ann.get('/login')).html).toContain('Your new password is set.');
  expect((await visitor(house).signIn(username, password)).status).toBe(422);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});

test('by phone, in any usual spelling, the code comes as a text', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  for (const spelling of [mobile, `0049${mobile.slice(3)}`, `0${mobile.slice(3)}`]) {
    const { code } = await recovering(house, spelling, mobile);
    expect(code).toMatch(/^\d{6}$/);
  }
});

test('by username the code goes to the email, without saying which', async () => {
  const { username, email } = await visitor(house).signUp();
  const ann = visitor(house);
  const { code } = await recovering(house, username.toUpperCase(), email, ann);
  const page = await ann.get('/password/code');
  expect(page.html).toContain(`<strong class="destination">${username}</strong>`);
  expect(page.html).not.toContain('@example.com');
  expect((await ann.post('/password/code', { code })).redirectedTo).toBe('/password/new');
});

test('by username of somebody who has no email, the code goes to the phone', async () => {
  const mobile = newMobile();
  const { username } = await visitor(house).signUp(byMobile(mobile));
  const ann = await granted(house, username, mobile);
  expect((await setPassword(ann)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(mobile, another)).redirectedTo).toBe('/profile');
});
