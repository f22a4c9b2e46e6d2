import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DeliveryRefused } from '../../../../src/platform/messages/delivery.ts';
import { createTwilioTexter } from '../../../../src/platform/messages/sms.ts';
import { openTwilio, type TwilioStandIn } from '../../../support/twilio.ts';

let twilio: TwilioStandIn;
beforeAll(async () => {
  twilio = await openTwilio();
});
afterAll(() => twilio.close());

/** What becomes of a text; only silence is waited out, so an answer has all the time a busy machine takes for it. */
async function fate(answer: TwilioStandIn['answers'][number]): Promise<string> {
  twilio.answers.push(answer);
  const config = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', sender: { from: '+15005550006' } };
  const texter = createTwilioTexter({ ...config, apiUrl: twilio.url }, answer === 'never' ? 300 : 60_000);
  try {
    await texter.send({ to: '+4915112345678', text: 'Hello' });
    return 'taken';
  } catch (err) {
    return err instanceof DeliveryRefused ? `refused: ${err.because}` : 'outage';
  }
}

test.each([
  // Invalid, not reachable, a landline, no mobile number.
  ...[21211, 21214, 21217, 21614, 21635].map((code) => [code, 'refused: recipient'] as const),
  [21610, 'refused: opted-out'],
  [21408, 'refused: route'],
  [21612, 'refused: route'],
  // Not a number of ours, not able to text, without a sender, not of this account; and what nobody has heard of yet.
  ...[21606, 21212, 21603, 21659, 21660, 21703, 29_999].map((code) => [code, 'refused: sender'] as const),
])('400 with %s: %s', async (code, expected) => {
  expect(await fate({ status: 400, code })).toBe(expected);
});

test.each([401, 403, 404, 429, 500, 503])('%s is ours and passes', async (status) => {
  expect(await fate({ status, code: 20_000 })).toBe('outage');
});

test('silence is ours, and a number that is texted is texted', async () => {
  expect(await fate('never')).toBe('outage');
  expect(await fate(201)).toBe('taken');
});
