import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Captured } from '../../support/captured.ts';
import { cookieLines, right, strangersFail } from '../../support/devices.ts';
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

test('on https the device cookie is bound to the host, and under its other name it is nothing', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const page = await ann.post('/sign-up/code', { code: await outbox.nextCode(String(person.email)) });
  expect(cookieLines(page, '__Host-device')).toEqual([
    expect.stringMatching(
      /^__Host-device=[\w.-]+; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
  expect(cookieLines(page, 'device')).toEqual([]);

  const username = String(person.username);
  await strangersFail(house, username);
  const named = (name: string) => {
    const who = visitor(house);
    who.cookies.set(name, ann.cookies.get('__Host-device')!);
    return who.signIn(username, right);
  };
  // A subdomain could plant a cookie that does not bear the prefix.
  expect((await named('device')).status).toBe(429);
  expect((await named('__Host-device')).redirectedTo).toBe('/profile');
});
