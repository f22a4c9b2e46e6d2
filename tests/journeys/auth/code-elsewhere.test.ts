import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { askEmail, member, newEmail } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, challengeOf, joining, newMobile, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { granted, recovering } from '../../support/recovering.ts';
import { type Visitor, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Where somebody is led who opens an address, and what the page there says. */
async function led(who: Visitor, path: string): Promise<{ to: string | null; says: string }> {
  const { redirectedTo } = await who.get(path);
  return { to: redirectedTo, says: redirectedTo ? textOf((await who.get(redirectedTo)).html) : '' };
}

test.each([
  ['/sign-up/code', '/sign-up', 'in the browser where you began: it only works there'],
  ['/password/code', '/password/forgot', 'in the browser where you asked for it: it only works there'],
  ['/password/new', '/password/forgot', 'in the browser where you asked for it: it only works there'],
])('%s opened in another browser says where the code belongs', async (path, to, says) => {
  const answer = await led(visitor(house), path);
  // There is no session for the word to wait in, and a bare visit begins none.
  expect(answer.to).toBe(`${to}?why=elsewhere`);
  expect(answer.says).toContain(says);
});

test('so does the page of a code for a contact, to its person in another browser', async () => {
  const { ann, username, password } = await member(house);
  await askEmail(ann, newEmail());
  const other = visitor(house);
  expect((await other.get('/settings/contact/code')).redirectedTo).toBe(
    '/login?next=%2Fsettings%2Fcontact%2Fcode',
  );
  await other.signIn(username, password);
  const { to, says } = await led(other, '/settings/contact/code');
  expect(to).toBe('/settings/contact');
  expect(says).toContain('in the browser where you typed your new contact: it only works there');
});

test('when the session of the code page has ended, the form says so too, and says it once', async () => {
  const { ann } = await joining(house);
  house.clock.pass(minutes(31));
  const { to, says } = await led(ann, '/sign-up/code');
  expect(to).toBe('/sign-up');
  expect(says).toContain('Got a code from us?');
  expect((await ann.get('/sign-up')).html).not.toContain('Got a code from us?');

  const { email } = await visitor(house).signUp();
  const { who, code } = await recovering(house, email, email);
  house.clock.pass(minutes(31));
  who.headers = { 'Sec-Fetch-Site': 'same-origin' };
  const late = await who.post('/password/code', { code });
  expect(late.redirectedTo).toBe('/password/code');
  expect((await who.get('/password/code')).redirectedTo).toBe('/password/forgot');
  expect((await who.get('/password/forgot')).html).toContain('Got a code from us?');
});

test('a word that says more is not written over', async () => {
  const { ann, code } = await joining(house);
  await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
  expect((await led(ann, '/sign-up/code')).says).toContain('it was your last try');
});

test('a step that its own session knows is not told anything', async () => {
  const { email } = await visitor(house).signUp();
  const who = await granted(house, email, email);
  expect((await who.get('/password/new')).html).not.toContain('Got a code from us?');
});

test('the fifth wrong code gives the form back as it was, but for the passwords', async () => {
  const { ann, person, code } = await joining(house);
  await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
  const { html } = await ann.get('/sign-up');
  for (const field of ['email', 'username'])
    expect(html).toContain(`name="${field}" value="${String(person[field])}"`);
  for (const part of String(person.dateOfBirth).split('-'))
    expect(html).toContain(`value="${part}" required`);
  for (const chosen of ['DE', 'de', 'es', 'ja'])
    expect(html).toContain(`<option value="${chosen}" selected>`);
  expect(html).not.toContain(String(person.password));
  expect(html).toContain('Please enter it again. We never send passwords back to your browser.');
});

test('what was typed in this browser is shown whole here, and a slip in it is asked about', async () => {
  const { ann } = await joining(house, { email: 'charlotte.brown@gmial.con' });
  const page = textOf((await ann.get('/sign-up/code')).html);
  expect(page).toContain('charlotte.brown@gmial.con');
  expect(page).toContain('Did you mean gmail.com ?');
  const { ann: ben } = await joining(house, { email: 'charlotte.brown@mailhouse.org' });
  expect((await ben.get('/sign-up/code')).html).not.toContain('Did you mean');
  const { ann: cem } = await joining(house, { ...byMobile('+4915123456789') });
  expect(textOf((await cem.get('/sign-up/code')).html)).toContain('+49 1512 3456789');
});

test('on the page of a new password the contact stays masked', async () => {
  const { email } = await visitor(house).signUp();
  const { who } = await recovering(house, email, email);
  expect((await who.get('/password/code')).html).not.toContain(email);
});

test('each message starts with the three letters that its page tells to look for', async () => {
  const mobile = newMobile();
  const { ann } = await joining(house, byMobile(mobile));
  const { reference } = await challengeOf(house, mobile);
  expect(textOf((await ann.get('/sign-up/code')).html)).toContain(
    `Look for the message that starts with ${reference}`,
  );
  expect(house.outbox.to(mobile).at(-1)?.text).toMatch(new RegExp(`^${reference}: `));
  const { ann: ben, to } = await joining(house);
  const { reference: his } = await challengeOf(house, to);
  expect(house.outbox.to(to).at(-1)?.subject).toMatch(new RegExp(`^${his}: `));
  expect(textOf((await typeCode(ben, 'abc')).html)).toContain('Enter the six-digit code');
});
