import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { askEmail, askMobile, codeFor, contactsOf, newEmail, member } from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ env: { SMS_COUNTRIES: 'DE,AT' } });

test('every mistake is said beside its field, what was typed is kept, the password is not', async () => {
  const { ann } = await member(house);
  const page = await askEmail(ann, 'not-an-address', { currentPassword: '' });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({
    email: 'Enter an email address like name@example.com.',
    'email-currentPassword': 'Enter your password.',
  });
  expect(page.html).toContain('href="#email-currentPassword"');
  expect(page.html).toContain('value="not-an-address"');

  const mobile = await askMobile(ann, '030 901820', {
    mobileCountry: 'DE',
    currentPassword: 'wrong-password',
  });
  expect(mobile.status).toBe(422);
  expect(faultsIn(mobile.html)).toEqual({
    mobile: 'This is not a mobile number. We can send texts to mobile numbers only.',
  });
  expect(mobile.html).toContain('value="030 901820"');
  expect(mobile.html).toMatch(/<option value="DE" selected>/);
  expect(mobile.html).not.toContain('wrong-password');
});

test('nothing at all is said kindly', async () => {
  const { ann } = await member(house);
  expect(faultsIn((await askEmail(ann, ' ')).html)).toEqual({ email: 'Enter your email address.' });
  expect(faultsIn((await askMobile(ann, '')).html)).toEqual({ mobile: 'Enter your mobile number.' });
});

test('a wrong password sends nothing', async () => {
  const { ann } = await member(house);
  const email = newEmail();
  const page = await askEmail(ann, email, { currentPassword: 'not-the-password' });
  expect([page.status, faultsIn(page.html)]).toEqual([
    422,
    { 'email-currentPassword': 'This is not your password.' },
  ]);
  expect(page.html).toContain(`value="${email}"`);
  expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
  expect(house.outbox.to(email)).toEqual([]);
});

test('the sixth wrong password of a session waits, the right one too; another session does not', async () => {
  const { ann, username, password } = await member(house);
  const wrong = () => askEmail(ann, newEmail(), { currentPassword: 'not-the-password' });
  expect(statuses(await together(50, wrong))).toEqual({ 422: 5, 429: 45 });
  const page = await askEmail(ann, newEmail());
  expect([page.status, page.header('retry-after')]).toEqual([429, '60']);
  expect(textOf(page.html)).toContain('There were too many tries. Please wait 1 minute.');
  const other = visitor(house);
  await other.signIn(username, password);
  expect((await askEmail(other, newEmail())).redirectedTo).toBe('/settings/contact/code');
  house.clock.pass(minutes(1) - 1);
  expect((await askEmail(ann, newEmail())).status).toBe(429);
  house.clock.pass(1);
  expect((await askEmail(ann, newEmail())).redirectedTo).toBe('/settings/contact/code');
});

test('one’s own address or number is no other one, however it is written', async () => {
  const { ann, email } = await member(house);
  const page = await askEmail(ann, email.toUpperCase());
  expect([page.status, faultsIn(page.html)]).toEqual([422, { email: 'This is your email address already.' }]);
  const mobile = newMobile();
  const ben = visitor(house);
  await ben.signUp(byMobile(mobile));
  const again = await askMobile(ben, `0${mobile.slice(3)}`, { mobileCountry: 'DE' });
  expect([again.status, faultsIn(again.html)]).toEqual([
    422,
    { mobile: 'This is your mobile number already.' },
  ]);
});

test('whose address it is can only be asked with the password', async () => {
  const { ann, email } = await member(house);
  const page = await askEmail(ann, email, { currentPassword: 'not-the-password' });
  expect(faultsIn(page.html)).toEqual({ 'email-currentPassword': 'This is not your password.' });
});

test('numbers of countries that we do not text are said so', async () => {
  const { ann } = await member(house);
  const page = await askMobile(ann, '+33 6 12 34 56 78');
  expect(page.status).toBe(422);
  expect(faultsIn(page.html).mobile).toContain('We cannot send texts to numbers of this country yet');
  expect(page.html).not.toMatch(/<option value="FR"/);
});

test('where no texts are offered there is no form for them, and no address to send one to', async () => {
  const transport = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'ChatLink <hello@chatlink.test>' };
  const { ann } = await member(house);
  await withAnother(house, { realTransports: true, env: transport }, async (other) => {
    ann.at(other);
    const page = await ann.get('/settings/contact');
    expect(page.html).not.toContain('/settings/contact/mobile');
    expect(page.html).toContain('/settings/contact/email');
    expect((await askMobile(ann, newMobile())).status).toBe(404);
  });
});

test('only signed-in people come here, and unknown fields do not', async () => {
  const eve = visitor(house);
  expect((await eve.get('/settings/contact')).redirectedTo).toBe('/login?next=%2Fsettings%2Fcontact');
  for (const path of ['email', 'mobile', 'code', 'code/resend', 'cancel'])
    expect((await eve.post(`/settings/contact/${path}`)).redirectedTo).toBe(
      '/login?next=%2Fsettings%2Fcontact&why=signed-out',
    );
  const { ann } = await member(house);
  expect((await askEmail(ann, newEmail(), { mobile: newMobile() })).status).toBe(400);
  expect((await askEmail(ann, newEmail(), { userId: 'x' })).status).toBe(400);
});

test('what is for posting is not for reading', async () => {
  const { ann } = await member(house);
  for (const path of ['email', 'mobile', 'code/resend', 'cancel']) {
    const page = await ann.get(`/settings/contact/${path}`);
    expect([page.status, page.header('allow')]).toEqual([405, 'POST']);
  }
  const page = await ann.post('/settings/contact');
  expect([page.status, page.header('allow')]).toEqual([405, 'GET, HEAD']);
});

test('ten tries a day an account, counted even at once', async () => {
  const { ann, email, password } = await member(house);
  await repeatedly(4, () => askEmail(ann, newEmail()));
  // Five passwords may be tried at once in a session, so fifty tries come from ten of them.
  const sessions = await repeatedly(9, async () => {
    const again = visitor(house);
    await again.get('/login');
    await again.signIn(email, password);
    await again.get('/settings/contact');
    return again;
  });
  const many = await together(50, (n) => askEmail([ann, ...sessions][n % 10]!, newEmail()));
  expect(statuses(many)).toEqual({ 303: 6, 429: 44 });
  const page = await askEmail(ann, newEmail());
  expect(page.header('retry-after')).toBe(String(24 * 3600));
  expect(faultsIn(page.html).email).toContain('Please try again in 24 hours.');
  house.clock.pass(days(1) - 1);
  expect((await askEmail(ann, newEmail())).status).toBe(429);
  expect((await askMobile(ann, newMobile())).status).toBe(429);
});

test('sixty sends an hour an address, shared with everything else that sends', async () => {
  const { ann } = await member(house);
  // Joining took one.
  await fillLimit(house, `sends:${ann.ip}`, 58);
  expect((await askEmail(ann, newEmail())).status).toBe(303);
  const page = await askEmail(ann, newEmail());
  expect([page.status, page.header('retry-after')]).toEqual([429, '3600']);
});

test('texts have the limits that they have at sign-up', async () => {
  const { ann } = await member(house);
  const mobile = newMobile();
  await fillLimit(house, `sms-prefix:${mobile.slice(0, -3)}`, 20);
  const page = await askMobile(ann, mobile);
  expect(page.status).toBe(429);
  expect(faultsIn(page.html).mobile).toContain('Too many codes were sent to this mobile number');
});

test('a destination has five sends an hour, whoever asks for them', async () => {
  const email = newEmail();
  const askers = await repeatedly(5, () => member(house));
  for (const { ann } of askers) await codeFor(house, ann, email);
  const { ann, username } = await member(house);
  expect((await askEmail(ann, email)).status).toBe(429);
  expect((await visitor(house).startSignUp({ email })).page.status).toBe(429);
  expect((await contactsOf(house, username)).email).not.toBe(email);
});

test('forms are limited by address, right or wrong', async () => {
  const { ann } = await member(house);
  await fillLimit(house, `contact:${ann.ip}`, 119);
  expect((await askEmail(ann, 'nothing')).status).toBe(422);
  expect((await askEmail(ann, 'nothing')).status).toBe(429);
});
