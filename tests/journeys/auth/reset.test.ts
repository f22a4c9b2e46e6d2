import { beforeAll, describe, expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import {
  followed,
  grantsFor,
  holdingCode,
  holdingGrant,
  joinedYesterday,
  linked,
} from '../../support/resetting.ts';
import { copyOf } from '../../support/security.ts';
import { type Fields, type Visitor, encodeForm, faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('reset', () => {
  beforeAll(() => house.empty());

  test('by email: a code, a new password, and the old one is worthless', async () => {
    const { username, email, password } = await visitor(house).signUp();
    const ann = visitor(house);
    expect((await ann.get('/password/forgot')).html).toContain('Forgot your password?');
    expect((await forgot(ann, ` ${email.toUpperCase()} `)).redirectedTo).toBe('/password/code');
    const page = await ann.get('/password/code');
    expect(page.html).toContain(`${email[0]}••••••••@example.com`);
    const mail = await house.outbox.next(email);
    expect(mail.subject).toMatch(/^[A-Z]{3}: your ChatLink code for a new password$/);
    expect(page.html).toContain(mail.subject!.slice(0, 3));
    const code = /\d{6}/.exec(mail.text)![0];
    expect((await ann.post('/password/code', { code })).redirectedTo).toBe('/password/new');
    expect((await ann.get('/password/new')).html).toContain(username);
    const done = await setPassword(ann);
    expect(done.redirectedTo).toBe('/login');
    expect((await ann.get('/login')).html).toContain('Your new password is set.');
    expect((await visitor(house).signIn(username, password)).status).toBe(422);
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
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
    expect((await visitor(house).signIn(mobile, another)).redirectedTo).toBe('/people');
  });
});

describe('steps', () => {
  beforeAll(() => house.empty());

  test('with nothing begun, every step leads to the start', async () => {
    const ann = visitor(house);
    for (const path of ['/password/code', '/password/new'])
      expect((await ann.get(path)).redirectedTo).toBe('/password/forgot?why=elsewhere');
    expect((await ann.post('/password/code', { code: '123456' })).redirectedTo).toBe('/password/forgot');
    expect((await ann.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
    expect((await setPassword(ann)).redirectedTo).toBe('/password/forgot');
    expect((await ann.get('/password/code/status')).status).toBe(404);
    expect((await ann.get('/password/link/no-such-token')).redirectedTo).toBe('/password/forgot');
    expect((await ann.post('/password/link/no-such-token')).redirectedTo).toBe('/password/forgot');
  });

  test('nobody sets a password before the code is typed', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect((await setPassword(who)).redirectedTo).toBe('/password/forgot');
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
    // What waits is still there.
    expect((await who.get('/password/code')).status).toBe(200);
  });

  test('with the right code typed, the code page leads on', async () => {
    const { email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    expect((await who.get('/password/code')).redirectedTo).toBe('/password/new');
    expect((await who.post('/password/code', { code: '123456' })).redirectedTo).toBe('/password/new');
  });

  test('whoever is signed in is led to the settings, where the password is changed', async () => {
    const ann = visitor(house);
    const { email } = await ann.signUp();
    for (const path of ['/password/forgot', '/password/code', '/password/code/status'])
      expect((await ann.get(path)).redirectedTo).toBe('/settings/password');
    expect((await forgot(ann, email)).redirectedTo).toBe('/settings/password');
    for (const path of ['/password/code', '/password/code/resend'])
      expect((await ann.post(path)).redirectedTo).toBe('/settings/password');
    const next = await ann.get('/password/new');
    expect((await ann.get(next.redirectedTo!)).redirectedTo).toBe('/settings/password');
  });

  test('an empty form and a form with too much in it are refused, and nothing begins', async () => {
    const ann = visitor(house);
    for (const identifier of ['', '   ']) {
      const page = await forgot(ann, identifier);
      expect(page.status).toBe(422);
      expect(faultsIn(page.html)).toEqual({ identifier: 'Enter your username, email or mobile number.' });
    }
    expect((await ann.post('/password/forgot', { identifier: ['ann', 'ben'] })).status).toBe(400);
    expect((await ann.post('/password/forgot', { identifier: 'ann', password: 'x' })).status).toBe(400);
    expect((await ann.get('/password/code')).redirectedTo).toBe('/password/forgot');
  });

  test.each([
    ['/password/forgot', 'put', 'GET, HEAD, POST'],
    ['/password/code', 'put', 'GET, HEAD, POST'],
    ['/password/code/status', 'post', 'GET, HEAD'],
    ['/password/code/resend', 'put', 'POST'],
    ['/password/link/some-token', 'put', 'GET, HEAD, POST'],
    ['/password/new', 'put', 'GET, HEAD, POST'],
  ] as const)('%s does not answer %s', async (path, method, allow) => {
    const ann = visitor(house);
    const page = await ann.send(method, path, encodeForm({ _csrf: await ann.token() }));
    expect([page.status, page.header('allow')]).toEqual([405, allow]);
  });

  test('without its token no form of the reset is carried out', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    const forms = [
      ['/password/forgot', { identifier: email }],
      ['/password/new', { password: 'meadow-trumpet-94', passwordConfirmation: 'meadow-trumpet-94' }],
    ] as const;
    for (const [path, fields] of forms)
      expect((await who.send('post', path, encodeForm({ ...fields, _csrf: 'made-up' }))).status).toBe(403);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  });
});

describe('second press', () => {
  beforeAll(() => house.empty());

  /**
   * Presses a button twice before the first answer is there: the second press comes with the cookie and the token of before,
   * and the browser shows what *that* leads to, with the cookie that the first one gave it.
   */
  const pressedTwice = async (who: Visitor, path: string, fields: Fields = {}) => {
    await who.get(path);
    const body = encodeForm({ _csrf: await who.token(), ...fields });
    const hasty = copyOf(house, who);
    const first = await who.send('post', path, body);
    expect(first.status).toBe(303);
    const second = await hasty.send('post', path, body);
    expect([second.status, second.header('set-cookie')]).toEqual([303, undefined]);
    return followed(who, second);
  };

  test('a second press of the right code leads on to the new password', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const { page } = await pressedTwice(who, '/password/code', { code });
    expect(page.html).toContain('Repeat new password');
    expect(await grantsFor(house, username)).toBe(1);
  });

  test('so does a second press of the link’s button', async () => {
    const { username, path } = await linked(house);
    const { page } = await pressedTwice(visitor(house), path);
    expect(page.html).toContain('Repeat new password');
    expect(await grantsFor(house, username)).toBe(1);
  });

  test('a second press of the new password leads to the sign-in page, and says that it is set', async () => {
    const { username, email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    const fields = { password: another, passwordConfirmation: another };
    const { path, page } = await pressedTwice(who, '/password/new', fields);
    expect(page.html).toContain('Your new password is set. You can sign in with it now.');
    expect(path).toBe('/login');
    expect((await who.signIn(username, another)).redirectedTo).toBe('/people');
  });
});
