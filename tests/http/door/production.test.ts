import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Captured } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const outbox = new Captured();
const house = await houseOfThisFile({
  env: {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://chatlink.example',
    SESSION_SECRET: randomBytes(48).toString('base64'),
    OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'ChatLink <hello@chatlink.example>',
  },
  realTransports: true,
  replaced: { mailer: outbox.mailer },
});

test('the session cookie is bound to the host, to https and to the site', async () => {
  const page = await visitor(house).get('/login');
  expect(String(page.header('set-cookie'))).toMatch(
    /^__Host-sid=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test('a person joins, signs out and in again, and the cookie is taken back as it was given', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const code = await outbox.nextCode(String(person.email));
  expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/profile');
  expect((await ann.get('/profile')).html).toContain('Welcome to ChatLink');
  const out = await ann.post('/logout');
  expect(String(out.header('set-cookie'))).toMatch(
    /^__Host-sid=; Path=\/; Expires=Thu, 01 Jan 1970.*HttpOnly; Secure; SameSite=Lax$/,
  );
  expect((await ann.signIn(String(person.username), String(person.password))).redirectedTo).toBe('/profile');
});

test.each(['/dev/outbox', '/dev/outbox.json', '/dev/outbox/x.html', '/metrics'])(
  '%s is not there',
  async (path) => {
    expect((await visitor(house).get(path)).status).toBe(404);
  },
);

test('the page does not point to an outbox', async () => {
  const ann = visitor(house);
  await ann.startSignUp();
  expect((await ann.get('/sign-up/code')).html).not.toContain('outbox');
});

test('without Twilio, mobile is neither offered nor taken', async () => {
  const ann = visitor(house);
  expect((await ann.get('/sign-up')).html).not.toContain('value="mobile"');
  const { page } = await ann.startSignUp({ channel: 'mobile', email: '', mobile: '+4915123456789' });
  expect(page.status).toBe(422);
});

test('a link in a letter is https and ours', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  expect((await outbox.next(String(person.email))).text).toContain('https://chatlink.example/sign-up/code');
});

test('the site’s name in http is another origin', async () => {
  const ann = visitor(house);
  await ann.token();
  ann.headers = { Origin: 'http://chatlink.example' };
  expect((await ann.post('/login')).status).toBe(403);
  ann.headers = { Origin: 'https://chatlink.example' };
  expect((await ann.post('/login')).status).toBe(422);
});
