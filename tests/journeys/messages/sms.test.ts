import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { codeIn, eventually } from '../../support/captured.ts';
import { type TestHouse, houseOfThisFile, openTestHouse } from '../../support/house.ts';
import { type TwilioStandIn, openTwilio } from '../../support/twilio.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house2 = await houseOfThisFile({ realTransports: true });

describe('sms', () => {
  const sid = `AC${'0'.repeat(32)}`;
  let twilio: TwilioStandIn;
  let house: TestHouse;

  beforeAll(async () => {
    twilio = await openTwilio();
    house = await openTestHouse({
      env: {
        TWILIO_ACCOUNT_SID: sid,
        TWILIO_AUTH_TOKEN: 'a-token-for-tests',
        TWILIO_FROM: '+15005550006',
        TWILIO_API_URL: twilio.url,
      },
      realTransports: true,
      replaced: { retry: { tries: 3, backoff: 50 }, deliveryTimeout: 500 },
    });
  });
  afterAll(async () => {
    await house.close();
    await twilio.close();
  });

  let lines = 0;
  /** Starts a sign-up by a mobile number that nobody has used yet. */
  const startByMobile = async (): Promise<{ ann: Visitor; e164: string }> => {
    const e164 = `+491511${String(2_000_000 + ++lines * 1_001)}`;
    const ann = visitor(house);
    const { page } = await ann.startSignUp({
      channel: 'mobile',
      email: '',
      mobileCountry: 'DE',
      mobile: `0${e164.slice(3)}`,
    });
    expect(page.redirectedTo).toBe('/sign-up/code');
    return { ann, e164 };
  };
  const textsTo = (e164: string) => twilio.requests.filter((r) => r.text.to === e164);
  const untilDelivery = (ann: Visitor, state: string) =>
    eventually(
      async () => (await ann.get('/sign-up/code/status')).html.includes(`"delivery":"${state}"`),
      `delivery ${state}`,
    );

  test('a person joins by mobile: the text leaves through Twilio and its code opens the door', async () => {
    const { ann, e164 } = await startByMobile();
    const request = await eventually(() => textsTo(e164)[0], 'the text');
    expect(request.path).toBe(`/2010-04-01/Accounts/${sid}/Messages.json`);
    expect(request.authorization).toMatch(/^Basic /);
    expect(request.text.from).toBe('+15005550006');
    expect(request.text.body.length).toBeLessThanOrEqual(160);
    expect((await ann.post('/sign-up/code', { code: codeIn(request.text.body) })).redirectedTo).toBe(
      '/welcome',
    );
  });

  test('a number that Twilio knows to be none (400, 21211) is said at once, after one try', async () => {
    twilio.answers.push(400);
    const { ann, e164 } = await startByMobile();
    await untilDelivery(ann, 'failed');
    expect(textsTo(e164)).toHaveLength(1);
  });

  test.each([429, 500, 'never'] as const)('an answer of %s is tried again until it works', async (answer) => {
    twilio.answers.push(answer, answer);
    const { ann, e164 } = await startByMobile();
    await untilDelivery(ann, 'sent');
    expect(textsTo(e164)).toHaveLength(3);
    const bodies = new Set(textsTo(e164).map((r) => r.text.body));
    expect(bodies.size).toBe(1);
  });

  test.each([500, 'never'] as const)(
    'an answer of %s without end is "not delivered", and the page says so',
    async (answer) => {
      twilio.answers.push(answer, answer, answer);
      const { ann, e164 } = await startByMobile();
      await untilDelivery(ann, 'failed');
      expect(textsTo(e164)).toHaveLength(3);
      expect((await ann.get('/sign-up/code')).html).toContain('That&#39;s our fault, not your number&#39;s.');
    },
  );
});

describe('outbox', () => {
  const house = house2;
  beforeAll(async () => {
    await house.empty();
  });

  interface Kept {
    id: string;
    channel: string;
    to: string;
    subject?: string;
    text: string;
    html?: string;
    sentAt: string;
  }

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
    expect((await ben.post('/sign-up/code', { code: codeIn(text.text) })).redirectedTo).toBe('/welcome');
  });

  test('the outbox page shows them, and an email as it looks', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const mail = await messageTo(String(person.email));
    const page = await ann.get('/dev/outbox');
    expect(page.html).toContain(String(person.email));
    const shown = await ann.get(`/dev/outbox/${mail.id}.html`);
    expect(shown.html).toContain(codeIn(mail.text));
    expect(shown.header('content-security-policy')).toContain('sandbox');
    expect((await ann.get('/dev/outbox/unknown.html')).status).toBe(404);
  });

  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://chatlink.test',
    SESSION_SECRET: randomBytes(36).toString('base64'),
    OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    MAIL_FROM: 'ChatLink <hello@chatlink.test>',
    OPERATOR_NAME: 'ChatLink Ltd',
    OPERATOR_ADDRESS: '1 Example Street, Exampletown',
    ABUSE_EMAIL: 'abuse@chatlink.example',
    SECURITY_CONTACT: 'security@chatlink.example',
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
});
