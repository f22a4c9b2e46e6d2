import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeIn, eventually } from '../../support/captured.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp.ts';
import { visitor } from '../../support/visitor.ts';

let smtp: SmtpSink;
let house: TestHouse;

beforeAll(async () => {
  smtp = await openSmtpSink();
  house = await openTestHouse({
    env: { SMTP_URL: smtp.url, MAIL_FROM: 'ChatLink <hello@chatlink.test>' },
    realTransports: true,
    replaced: { deliveryRetry: { tries: 3, backoff: 50 }, deliveryTimeout: 1_000 },
  });
});
afterAll(async () => {
  await house.close();
  await smtp.close();
});

const addressOf = (mail: SmtpSink['mails'][number]) => [mail.to ?? []].flat()[0]?.value[0]?.address;
const mailTo = (email: string, nth = 0) =>
  eventually(() => smtp.mails.filter((m) => addressOf(m) === email)[nth], `mail to ${email}`);
const deliveryText = async (ann: ReturnType<typeof visitor>, state: string) =>
  eventually(async () => {
    const page = await ann.get('/sign-up/code/status');
    const status = JSON.parse(page.html) as { delivery: string; text: string };
    return status.delivery === state ? status.text : null;
  }, `delivery to be ${state}`);

test('the code leaves as a multipart mail whose subject carries the reference and not the code', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const mail = await mailTo(String(person.email));
  const code = codeIn(mail.text ?? '');
  const page = await ann.get('/sign-up/code');
  const reference = /^[A-Z]{3}/.exec(mail.subject ?? '')?.[0];

  expect(reference).toBeDefined();
  expect(page.html).toContain(reference);
  expect(mail.subject).not.toContain(code);
  expect(mail.html).toContain(code);
  expect(mail.from?.value[0]?.address).toBe('hello@chatlink.test');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(await deliveryText(ann, 'sent')).toMatch(/has been sent/);
  expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/profile');
});

test('a passing refusal is tried again and nobody notices', async () => {
  smtp.refuse(451, 2);
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const mail = await mailTo(String(person.email));
  expect((await ann.post('/sign-up/code', { code: codeIn(mail.text ?? '') })).redirectedTo).toBe('/profile');
});

test('a mailbox that does not exist is said on the page, once, and the next send is free at once', async () => {
  smtp.refuse(550, 1);
  const before = smtp.attempts();
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  expect(await deliveryText(ann, 'failed')).toMatch(/could not deliver/);
  expect(smtp.attempts()).toBe(before + 1);
  expect((await ann.get('/sign-up/code')).html).toContain('could not deliver');

  expect((await ann.post('/sign-up/code/resend')).status).toBe(303);
  const mail = await mailTo(String(person.email));
  expect((await ann.post('/sign-up/code', { code: codeIn(mail.text ?? '') })).redirectedTo).toBe('/profile');
});

test('a mail server that keeps refusing or never answers ends as "not delivered"', async () => {
  smtp.refuse(451, 3);
  const ann = visitor(house);
  await ann.startSignUp();
  await deliveryText(ann, 'failed');

  smtp.refuse(0, 3);
  const ben = visitor(house);
  await ben.startSignUp();
  await deliveryText(ben, 'failed');
  smtp.refuse(0, 0);
});

test('without a way to send texts, mobile is not offered', async () => {
  const page = await visitor(house).get('/sign-up');
  expect(page.html).not.toContain('name="mobile"');
  const { page: refused } = await visitor(house).startSignUp({
    channel: 'mobile',
    mobile: '+4915112345678',
    email: '',
  });
  expect(refused.status).toBe(422);
});
