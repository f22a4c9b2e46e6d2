import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { eventually } from '../../support/captured.ts';
import {
  askEmail,
  askMobile,
  changeEmail,
  changeMobile,
  changeTo,
  codeFor,
  contactEvents,
  contactsOf,
  member,
  newEmail,
  typeContactCode,
} from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, withoutRandom } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another } from '../../support/recovering.ts';
import { type Page, type Visitor, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house1 = await houseOfThisFile({ env: { SMS_COUNTRIES: 'DE,AT' } });
const key = randomBytes(32);
const house4 = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

describe('form', () => {
  const house = house1;
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
      mobile: "That's not a mobile number. We can only text mobile numbers.",
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
      { 'email-currentPassword': "That's not your password." },
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
    expect(textOf(page.html)).toContain('Too many tries. Please wait 1 minute, then try again.');
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
    expect([page.status, faultsIn(page.html)]).toEqual([
      422,
      { email: "That's already your email address." },
    ]);
    const mobile = newMobile();
    const ben = visitor(house);
    await ben.signUp(byMobile(mobile));
    const again = await askMobile(ben, `0${mobile.slice(3)}`, { mobileCountry: 'DE' });
    expect([again.status, faultsIn(again.html)]).toEqual([
      422,
      { mobile: "That's already your mobile number." },
    ]);
  });

  test('whose address it is can only be asked with the password', async () => {
    const { ann, email } = await member(house);
    const page = await askEmail(ann, email, { currentPassword: 'not-the-password' });
    expect(faultsIn(page.html)).toEqual({ 'email-currentPassword': "That's not your password." });
  });

  test('numbers of countries that we do not text are said so', async () => {
    const { ann } = await member(house);
    const page = await askMobile(ann, '+33 6 12 34 56 78');
    expect(page.status).toBe(422);
    expect(faultsIn(page.html).mobile).toContain("We can't text numbers from this country yet");
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

  test('what is for reading is not for posting', async () => {
    const { ann } = await member(house);
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
    await fillLimit(house, `sends:${ann.ip}`, 59);
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
    expect(faultsIn(page.html).mobile).toContain('Too many codes were requested for this mobile number');
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
});

describe('change', () => {
  beforeAll(() => house.empty());

  test('another email: password, code to the new one, and it is the account’s', async () => {
    const { ann, username, email, password } = await member(house);
    const next = newEmail();
    expect((await askEmail(ann, ` ${next.toUpperCase()}`)).redirectedTo).toBe('/settings/contact/code');
    const page = await ann.get('/settings/contact/code');
    expect(page.html).toContain(`<bdi>${next.split('@')[0]!.toUpperCase()}@example.com</bdi>`);
    expect(page.html).not.toContain('Last step');
    const local = next.split('@')[0]!.toUpperCase();
    const mail = await house.outbox.next(`${local}@example.com`);
    expect(mail.subject).toMatch(/^[A-Z]{3}: your ChatLink code for this address$/);
    expect(mail.text).toContain('http://chatlink.test/settings/contact/code');

    const done = await typeContactCode(ann, /\d{6}/.exec(mail.text)![0]);
    expect(done.redirectedTo).toBe('/settings/contact');
    expect(textOf((await ann.get('/settings/contact')).html)).toContain(
      'Your email address has been changed.',
    );
    const row = await contactsOf(house, username);
    expect(row.email).toBe(`${local}@example.com`);
    expect(row.emailVerifiedAt).toEqual(house.clock.now());
    expect(await contactEvents(house, username)).toEqual(['contact_changed']);
    expect((await visitor(house).signIn(next, password)).redirectedTo).toBe('/people');
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
      /^[A-Z]{3}: your ChatLink code for this number is \d{6}\. Never share it\.\n\n@chatlink\.test #\d{6}$/,
    );
    await typeContactCode(ann, /\d{6}/.exec(text.text)![0]);
    expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });

    const next = await changeMobile(house, ann);
    expect(await contactsOf(house, username)).toMatchObject({ email, phone: next });
    expect(await contactEvents(house, username)).toEqual(['contact_added', 'contact_changed']);
  });

  test('the country offered is the number’s, before that the profile’s, before that the browser’s', async () => {
    const { ann } = await member(house);
    ann.headers = { 'Accept-Language': 'fr-CH' };
    const offered = async (): Promise<string | undefined> => {
      const list = /id="mobileCountry"[\s\S]*?<\/select>/.exec(
        (await ann.get('/settings/contact')).html,
      )?.[0];
      return /value="(\w+)" selected/.exec(list ?? '')?.[1];
    };
    await house.stores.sql(`UPDATE "User" SET "country" = 'AT'`);
    expect(await offered()).toBe('AT');
    // No numbers are given out there.
    await house.stores.sql(`UPDATE "User" SET "country" = 'AQ'`);
    expect(await offered()).toBe('CH');
    await changeMobile(house, ann);
    expect(await offered()).toBe('DE');
  });

  test('somebody who joined by mobile adds an email', async () => {
    const mobile = newMobile();
    const ben = visitor(house);
    const { username } = await ben.signUp(byMobile(mobile));
    const email = await changeEmail(house, ben);
    expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
    expect(textOf((await ben.get('/settings/contact')).html)).toContain('Your email address has been added.');
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
    expect(page.html).toMatch(/<a href="\/settings\/contact" aria-current="page">/);
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
    expect(textOf((await ann.get('/settings/contact')).html)).toContain('it was your last try');
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
  });
});

describe('code', () => {
  beforeAll(() => house.empty());

  test('with nothing pending, every step of the code leads to the contacts', async () => {
    const { ann } = await member(house);
    expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
    for (const path of ['code', 'code/resend', 'cancel'])
      expect(
        (await ann.post(`/settings/contact/${path}`, path === 'code' ? { code: '123456' } : {})).redirectedTo,
      ).toBe('/settings/contact');
    expect((await ann.get('/settings/contact/code/status')).status).toBe(404);
  });

  test('a code works until ten minutes have passed, and then another is offered', async () => {
    const { ann, username } = await member(house);
    const email = newEmail();
    const code = await codeFor(house, ann, email);
    house.clock.pass(minutes(10));
    const late = await typeContactCode(ann, code);
    expect([late.status, textOf(late.html).includes('This code has expired.')]).toEqual([422, true]);
    expect((await ann.post('/settings/contact/code/resend')).redirectedTo).toBe('/settings/contact/code');
    const next = await house.outbox.nextCode(email);
    house.clock.pass(minutes(10) - 1);
    expect((await typeContactCode(ann, next)).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
  });

  test('a try ends after half an hour', async () => {
    const { ann } = await member(house);
    await codeFor(house, ann, newEmail());
    house.clock.pass(minutes(30) - 1);
    expect((await ann.get('/settings/contact/code')).status).toBe(200);
    house.clock.pass(1);
    expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
    expect(textOf((await ann.get('/settings/contact')).html)).toContain('This code has expired.');
  });

  test('another code kills the one before; fifty presses at once send one', async () => {
    const { ann } = await member(house);
    const email = newEmail();
    const first = await codeFor(house, ann, email);
    await ann.get('/settings/contact/code');
    const pressed = await together(50, () => ann.post('/settings/contact/code/resend'));
    expect(statuses(pressed)).toEqual({ 303: 50 });
    const second = await house.outbox.nextCode(email);
    expect(house.outbox.to(email)).toHaveLength(2);
    expect((await typeContactCode(ann, first)).status).toBe(422);
    expect((await typeContactCode(ann, second)).redirectedTo).toBe('/settings/contact');
  });

  test('the page follows the message', async () => {
    const { ann } = await member(house);
    await codeFor(house, ann, newEmail());
    await eventually(
      async () => (await ann.get('/settings/contact/code/status')).html.includes('"delivery":"sent"'),
      'the message',
    );
  });

  test('a cancelled try is over, and says nothing', async () => {
    const { ann, username, email } = await member(house);
    const code = await codeFor(house, ann, newEmail());
    expect((await ann.post('/settings/contact/cancel')).redirectedTo).toBe('/settings/contact');
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
  });

  test('beginning anew ends what was begun', async () => {
    const { ann, username } = await member(house);
    const first = await codeFor(house, ann, newEmail());
    const mobile = newMobile();
    const second = await codeFor(house, ann, mobile);
    expect((await typeContactCode(ann, first)).status).toBe(422);
    expect((await typeContactCode(ann, second)).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).phone).toBe(mobile);
  });

  test('a code belongs to its session, also of the same person', async () => {
    const { ann, username, password } = await member(house);
    const phone = visitor(house);
    await phone.signIn(username, password);
    const email = newEmail();
    const code = await codeFor(house, ann, email);
    await codeFor(house, phone, email);
    expect((await typeContactCode(phone, code)).status).toBe(422);
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
  });

  test('a code belongs to its purpose: it neither joins nor resets', async () => {
    const { ann, email: mine } = await member(house);
    const email = newEmail();
    const code = await codeFor(house, ann, email);
    const eve = visitor(house);
    await eve.startSignUp({ email });
    expect((await eve.post('/sign-up/code', { code })).status).toBe(422);
    await eve.post('/password/forgot', { identifier: mine });
    expect((await eve.post('/password/code', { code })).status).toBe(422);
  });

  test('what was begun is gone after signing out', async () => {
    const { ann, username, password } = await member(house);
    const code = await codeFor(house, ann, newEmail());
    await ann.post('/logout');
    await ann.signIn(username, password);
    expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
  });

  test('a new password ends what other sessions had begun, and what this one had', async () => {
    const { ann, username, password, email } = await member(house);
    const phone = visitor(house);
    await phone.signIn(username, password);
    const code = await codeFor(house, phone, newEmail());
    await askEmail(ann, newEmail());
    await ann.post('/settings/password', {
      currentPassword: password,
      password: another,
      passwordConfirmation: another,
    });
    expect((await typeContactCode(phone, code)).redirectedTo).toMatch(/^\/(login|settings)/);
    expect((await phone.get('/settings/contact/code')).redirectedTo).toMatch(/^\/login/);
    expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
  });

  test('changing there and back again is two changes', async () => {
    const { ann, username, email } = await member(house);
    const next = await changeEmail(house, ann);
    await house.outbox.next(email);
    await typeContactCode(ann, await codeFor(house, ann, email));
    expect((await contactsOf(house, username)).email).toBe(email);
    expect(house.outbox.to(next).length).toBeGreaterThan(0);
  });
});

describe('decoy', () => {
  const house = house4;
  const derived = async (destination: string): Promise<string> => {
    const [row] = await house.stores.sql<{ id: string }>(
      'SELECT "id" FROM "ContactChangeOtp" WHERE "destination" = $1 ORDER BY "createdAt" DESC',
      [destination],
    );
    const subject = { purpose: 'contactChange', challengeId: row!.id, destination, send: 1 };
    return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
  };

  const untilSent = (who: Visitor) =>
    eventually(
      async () => (await who.get('/settings/contact/code/status')).html.includes('"sent"'),
      'the message',
    );

  /** Everything that somebody sees who walks the whole way without knowing the code. */
  const walk = async (ask: (who: Visitor) => Promise<Page>): Promise<unknown[]> => {
    const { ann } = await member(house);
    const seen: unknown[] = [];
    const see = (page: Page) => {
      const html = withoutRandom(page.html)
        .replace(/ann_\w+/g, 'ann')
        .replace(/avatar-\d+/g, 'avatar');
      seen.push([page.status, page.redirectedTo, html.replace(/a•+@example\.com/g, 'mine')]);
    };
    see(await ask(ann));
    await untilSent(ann);
    see(await ann.get('/settings/contact/code'));
    see(await ann.get('/settings/contact/code/status'));
    for (let n = 0; n < 3; n++) {
      see(await ann.post('/settings/contact/code/resend'));
      await untilSent(ann);
      see(await ann.get('/settings/contact/code'));
    }
    for (let n = 0; n < 5; n++) see(await typeContactCode(ann, '000000'));
    see(await ann.get('/settings/contact'));
    return seen;
  };

  test('somebody else’s address shows the same pages as one that is nobody’s', async () => {
    await visitor(house).signUp({ email: 'known.face@example.com' });
    const known = await walk((ann) => askEmail(ann, 'Known.Face@example.com'));
    const unknown = await walk((ann) => askEmail(ann, 'Knows.Folk@example.com'));
    expect(known).toEqual(unknown);
  });

  test('somebody else’s number shows the same pages as one that is nobody’s', async () => {
    await visitor(house).signUp(byMobile('+4915123111178'));
    const known = await walk((ann) => askMobile(ann, '+4915123111178'));
    const unknown = await walk((ann) => askMobile(ann, '+4915123222278'));
    expect(known).toEqual(unknown);
  });

  test('its owner hears of it and gets no code', async () => {
    const { email } = await member(house);
    const { ann } = await member(house);
    await askEmail(ann, email);
    const mail = await house.outbox.next(email);
    expect(mail.subject).toMatch(/^[A-Z]{3}: someone tried to add your address$/);
    expect(mail.text).toContain('It belongs to your account, so nothing has changed');
    expect(`${mail.text} ${mail.html?.split('<body>')[1]}`).not.toMatch(/\d{6}/);
  });

  test('no code is ever right for it, not even the one it would have been', async () => {
    const { email } = await member(house);
    const { ann, username, email: mine } = await member(house);
    await askEmail(ann, email);
    expect((await typeContactCode(ann, await derived(email))).status).toBe(422);
    expect((await contactsOf(house, username)).email).toBe(mine);
    expect(await contactEvents(house, username)).toEqual([]);
  });

  test('the same derivation opens the door for an address that is nobody’s', async () => {
    const { ann } = await member(house);
    const email = newEmail();
    await askEmail(ann, email);
    expect((await typeContactCode(ann, await derived(email))).redirectedTo).toBe('/settings/contact');
  });

  test('by text the owner is told once a day, whatever was tried', async () => {
    const mobile = newMobile();
    await visitor(house).signUp(byMobile(mobile));
    const told = () => house.outbox.to(mobile).filter((m) => !/\d{6}/.test(m.text)).length;
    const ask = async () => {
      const { ann } = await member(house);
      await askMobile(ann, mobile);
      await untilSent(ann);
    };
    await repeatedly(3, ask);
    expect(told()).toBe(1);
    expect(house.outbox.to(mobile).at(-1)?.text).toMatch(/^[A-Z]{3}: someone tried to add your number/);
    await visitor(house).startSignUp(byMobile(mobile));
    house.clock.pass(days(1) - 1);
    await ask();
    expect(told()).toBe(1);
    house.clock.pass(1);
    await ask();
    expect(told()).toBe(2);
  });

  test('a mailbox that refuses is said so, whosever it is', async () => {
    const { email } = await member(house);
    for (const to of [email, newEmail()]) {
      const { ann } = await member(house);
      house.outbox.failure = (address) => (address === to ? new DeliveryRefused('no such mailbox') : null);
      await askEmail(ann, to);
      await eventually(
        async () => (await ann.get('/settings/contact/code/status')).html.includes('"failed"'),
        'the failure',
      );
      expect((await ann.get('/settings/contact/code')).html).toContain('We couldn&#39;t deliver the email.');
      house.outbox.failure = null;
    }
  });
});
