import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DeliveryDeferred, DeliveryRefused } from '../../../../src/platform/messages/delivery.ts';
import { createSmtpMailer } from '../../../../src/platform/messages/mail.ts';
import { type Mood, type MoodyMail, openMoodyMail, type Step } from '../../../support/moody-mail.ts';

let smtp: MoodyMail;
beforeAll(async () => {
  smtp = await openMoodyMail();
});
afterAll(() => smtp.close());

/** Only silence is waited out, so an answer has all the time a busy machine takes for it. */
const patienceWith = (mood: Mood): number => (mood === 'hang' ? 1_000 : 60_000);

type Mailer = ReturnType<typeof createSmtpMailer>;

const mail = { to: 'ann@example.com', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };
/** What an email comes to: taken, refused because of whom, deferred by asking or by silence, or an outage of ours. */
async function fate(mailer: Mailer, at: Step, mood: Mood): Promise<string> {
  smtp.mood = (step) => (step === at ? mood : null);
  try {
    await mailer.send(mail);
    return 'taken';
  } catch (err) {
    if (err instanceof DeliveryRefused) return `refused: ${err.because}`;
    if (err instanceof DeliveryDeferred) return err.asked ? 'asked to wait' : 'silent';
    return 'outage';
  }
}

test.each([
  ['rcpt', '550 5.1.1 no such user', 'refused: recipient'],
  ['rcpt', '550 no such user', 'refused: recipient'],
  ['rcpt', '552 5.2.2 mailbox full', 'refused: recipient'],
  ['body', '554 5.6.0 no', 'refused: recipient'],
  // What is said of us is not blamed on the address.
  ['mail', '550 no such sender', 'refused: sender'],
  ['mail', '553 5.1.8 sender rejected', 'refused: sender'],
  ['rcpt', '550 5.7.1 client host blocked', 'refused: sender'],
  ['body', '554 5.7.1 looks like spam', 'refused: sender'],
  ...(['450 4.2.0 greylisted', '451 later', '452 too much at once', '421 closing'] as const).flatMap((mood) =>
    (['mail', 'rcpt', 'body'] as const).map((step) => [step, mood, 'asked to wait'] as const),
  ),
  ...(['mail', 'rcpt', 'data', 'body'] as const).flatMap((step) =>
    (['hang', 'cut'] as const).map((mood) => [step, mood, 'silent'] as const),
  ),
  ['connect', 'hang', 'outage'],
  ['connect', 'cut', 'outage'],
  ['connect', '421 too busy', 'outage'],
  ['connect', '554 no service here', 'outage'],
  ['connect', null, 'taken'],
] as [Step, Mood, string][])('%s, %s: %s', async (step, mood, expected) => {
  const mailer = createSmtpMailer(smtp.url, 'ChatLink <hello@chatlink.test>', patienceWith(mood), false);
  expect(await fate(mailer, step, mood)).toBe(expected);
  // The next one leaves as if nothing had been.
  expect(await fate(mailer, 'connect', null)).toBe('taken');
  mailer.close();
});

test('nobody listens: an outage of ours', async () => {
  const nobody = createSmtpMailer('smtp://127.0.0.1:9', 'hello@chatlink.test', 1_000, false);
  await expect(nobody.send(mail)).rejects.not.toBeInstanceOf(DeliveryDeferred);
  await expect(nobody.ready()).rejects.toThrow();
  nobody.close();
});
