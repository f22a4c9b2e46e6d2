import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeIn, eventually } from '../../support/captured.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { openTwilio, type TwilioStandIn } from '../../support/twilio.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

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
    replaced: { deliveryRetry: { tries: 3, backoff: 50 }, deliveryTimeout: 500 },
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
    '/profile',
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
    expect((await ann.get('/sign-up/code')).html).toContain('could not deliver the text message');
  },
);
