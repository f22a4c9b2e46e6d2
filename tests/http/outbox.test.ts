import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { codeIn, eventually } from '../support/captured.ts';
import { houseOfThisFile, openTestHouse } from '../support/house.ts';
import { visitor } from '../support/visitor.ts';

interface Kept {
  id: string;
  channel: string;
  to: string;
  subject?: string;
  text: string;
  html?: string;
  sentAt: string;
}

const house = await houseOfThisFile({ realTransports: true });

const outbox = async (): Promise<Kept[]> =>
  JSON.parse((await visitor(house).get('/dev/outbox.json')).html) as Kept[];
const messageTo = (to: string) =>
  eventually(async () => (await outbox()).find((m) => m.to === to), `message to ${to}`);

test('on a laptop, mail and texts are read at /dev/outbox, newest first', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const mail = await messageTo(String(person.email));
  expect(mail).toMatchObject({ channel: 'email', subject: expect.stringContaining('ChatLink') });
  expect(mail.html).toContain(codeIn(mail.text));

  const ben = visitor(house);
  await ben.startSignUp({ channel: 'mobile', email: '', mobileCountry: 'FR', mobile: '06 12 34 56 78' });
  const text = await messageTo('+33612345678');
  expect(text).toEqual({
    id: text.id,
    channel: 'sms',
    to: '+33612345678',
    text: text.text,
    sentAt: text.sentAt,
  });
  expect((await outbox())[0]!.id).toBe(text.id);
  expect((await ben.post('/sign-up/code', { code: codeIn(text.text) })).redirectedTo).toBe('/profile');
});

test('the outbox page shows them, and a letter as it looks', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const mail = await messageTo(String(person.email));
  const page = await ann.get('/dev/outbox');
  expect(page.html).toContain(String(person.email));
  const letter = await ann.get(`/dev/outbox/${mail.id}.html`);
  expect(letter.html).toContain(codeIn(mail.text));
  expect(letter.header('content-security-policy')).toContain('sandbox');
  expect((await ann.get('/dev/outbox/unknown.html')).status).toBe(404);
});

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://chatlink.test',
  SESSION_SECRET: randomBytes(36).toString('base64'),
  OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  MAIL_FROM: 'ChatLink <hello@chatlink.test>',
};

test.each([
  ['production', { ...production, SMTP_URL: 'smtp://127.0.0.1:9' }],
  ['development with real mail', { NODE_ENV: 'development', SMTP_URL: 'smtp://127.0.0.1:9' }],
])('%s has no outbox', async (_name, env) => {
  const other = await openTestHouse({ beside: house, env, realTransports: true, jobs: false });
  for (const path of ['/dev/outbox', '/dev/outbox.json', '/dev/outbox/x.html'])
    expect((await visitor(other).get(path)).status).toBe(404);
  await other.close();
});
