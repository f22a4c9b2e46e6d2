import { expect, test } from '@jest/globals';
import {
  askEmail,
  changeEmail,
  changeMobile,
  changeTo,
  codeFor,
  contactEvents,
  contactsOf,
  newEmail,
  typeContactCode,
  member,
} from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('another email: password, code to the new one, and it is the account’s', async () => {
  const { ann, username, email, password } = await member(house);
  const next = newEmail();
  expect((await askEmail(ann, ` ${next.toUpperCase()}`)).redirectedTo).toBe('/settings/contact/code');
  const page = await ann.get('/settings/contact/code');
  expect(page.html).toContain('••@example.com');
  expect(page.html).not.toContain('Finish joining');
  const local = next.split('@')[0]!.toUpperCase();
  const letter = await house.outbox.next(`${local}@example.com`);
  expect(letter.subject).toMatch(/^[A-Z]{3}: your ChatLink code for this address$/);
  expect(letter.text).toContain('http://chatlink.test/settings/contact/code');

  const done = await typeContactCode(ann, /\d{6}/.exec(letter.text)![0]);
  expect(done.redirectedTo).toBe('/settings/contact');
  expect(textOf((await ann.get('/settings/contact')).html)).toContain('Your email address is changed.');
  const row = await contactsOf(house, username);
  expect(row.email).toBe(`${local}@example.com`);
  expect(row.emailVerifiedAt).toEqual(house.clock.now());
  expect(await contactEvents(house, username)).toEqual(['contact_changed']);
  expect((await visitor(house).signIn(next, password)).redirectedTo).toBe('/profile');
  expect((await visitor(house).signIn(email, password)).status).toBe(422);
});

test('a mobile number beside the email, in its national spelling, and then another', async () => {
  const { ann, username, email } = await member(house);
  const mobile = newMobile();
  const asked = await ann.post('/settings/contact/mobile', {
    mobileCountry: 'DE',
    mobile: `0${mobile.slice(3)}`,
    currentPassword: 'lantern-tandem-42',
  });
  expect(asked.redirectedTo).toBe('/settings/contact/code');
  const text = await house.outbox.next(mobile);
  expect(text.text).toMatch(
    /^ChatLink code for this number, for [A-Z]{3}: \d{6}\. Never share it\.\n\n@chatlink\.test #\d{6}$/,
  );
  await typeContactCode(ann, /\d{6}/.exec(text.text)![0]);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });

  const next = await changeMobile(house, ann);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: next });
  expect(await contactEvents(house, username)).toEqual(['contact_added', 'contact_changed']);
});

test('somebody who joined by mobile adds an email', async () => {
  const mobile = newMobile();
  const ben = visitor(house);
  const { username } = await ben.signUp(byMobile(mobile));
  const email = await changeEmail(house, ben);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
  expect(textOf((await ben.get('/settings/contact')).html)).toContain('Your email address is added.');
});

test('the page shows what is proved, masked, and a form for each', async () => {
  const { ann, email } = await member(house);
  const before = textOf((await ann.get('/settings/contact')).html);
  expect(before).toContain(`${email[0]}••••••••@example.com Verified`);
  expect(before).toContain('None yet.');
  const mobile = await changeMobile(house, ann);
  const page = await ann.get('/settings/contact');
  expect(textOf(page.html)).toContain(`+49 ••• ••• ${mobile.slice(-2)} Verified`);
  expect(page.html).not.toContain(email);
  expect(page.html).not.toContain(mobile);
  expect(page.html).toMatch(/<a href="\/settings\/contact" aria-current="page">Contact<\/a>/);
});

test('no session ends by it, here or elsewhere', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  const phone = visitor(house);
  await phone.signIn(username, password);
  const sid = ann.sessionCookie;
  await changeEmail(house, ann);
  expect(ann.sessionCookie).toBe(sid);
  expect((await ann.get('/settings/security')).status).toBe(200);
  expect((await phone.get('/settings/security')).status).toBe(200);
});

test('the history tells of it', async () => {
  const { ann } = await member(house);
  await changeEmail(house, ann);
  await changeMobile(house, ann);
  const history = textOf((await ann.get('/settings/security')).html);
  expect(history).toContain('An email address or mobile number was changed');
  expect(history).toContain('An email address or mobile number was added');
});

test('an address that was given up is free for others', async () => {
  const { ann, email } = await member(house);
  await changeEmail(house, ann);
  const ben = visitor(house);
  const { username } = await ben.signUp();
  // What Ann was told stands before the code that Ben asks for.
  await house.outbox.next(email);
  await changeTo(house, ben, email);
  expect((await contactsOf(house, username)).email).toBe(email);
});

test('a code typed wrong five times ends the try; the contacts stay', async () => {
  const { ann, username, email } = await member(house);
  const code = await codeFor(house, ann, newEmail());
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  for (let left = 4; left > 0; left--) {
    const page = await typeContactCode(ann, wrong);
    expect([page.status, page.html.includes(left === 1 ? '1 try left' : `${left} tries left`)]).toEqual([
      422,
      true,
    ]);
  }
  expect((await typeContactCode(ann, wrong)).redirectedTo).toBe('/settings/contact');
  expect(textOf((await ann.get('/settings/contact')).html)).toContain('That was the fifth wrong code');
  expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
  expect((await contactsOf(house, username)).email).toBe(email);
});
