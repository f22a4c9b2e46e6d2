import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { days, minutes, seconds } from '../../../src/kernel/clock.ts';
import { codeIn, eventually } from '../../support/captured.ts';
import { askMobile } from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, forgetBudgets, newMobile, typeCode } from '../../support/joining.ts';
import { type Mood, type Step, openMoodyMail } from '../../support/moody-mail.ts';
import { budgetOf } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import { openTwilio } from '../../support/twilio.ts';
import { type Visitor, newPerson, textOf, visitor } from '../../support/visitor.ts';
import { endWaiting, waitsOf } from '../../support/waiting.ts';

const smtp = await openMoodyMail();
const twilio = await openTwilio();
afterAll(async () => {
  await smtp.close();
  await twilio.close();
});
const house = await houseOfThisFile({
  env: {
    SMTP_URL: smtp.url,
    MAIL_FROM: 'ChatLink <hello@chatlink.test>',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'a-token-for-tests',
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: twilio.url,
  },
  realTransports: true,
  replaced: { retry: { tries: 2, backoff: 20 }, deliveryTimeout: 800 },
});
beforeEach(() => {
  smtp.mood = () => null;
  twilio.answers.length = 0;
});

function moodAt(at: Step, mood: Mood, ...only: string[]) {
  smtp.mood = (step, to) => (step === at && (only.length === 0 || only.includes(to)) ? mood : null);
}
/** Nobody listens: each connection is cut before a word. */
function outage() {
  moodAt('connect', 'cut');
  smtp.drop();
}
/** An email without its encoding, and without the lines between its parts, which may have digits. */
function plain(text: string): string {
  return text
    .replace(/^--.*$/gm, '')
    .replace(/=\r\n/g, '')
    .replace(/=3D/g, '=');
}
function codesTo(email: string): string[] {
  return smtp.taken
    .filter(({ to }) => to === email)
    .map(({ text }) => codeIn(plain(text.split('\r\n\r\n').slice(1).join(' '))));
}
/** Both tries: on a busy machine the first may not be heard in time. */
function refuseTexts(code: number) {
  twilio.answers.splice(0, Infinity, { status: 400, code }, { status: 400, code });
}
interface Status {
  delivery: string;
  text: string;
  resend: { state: string };
}
async function statusOf(who: Visitor, page = '/sign-up/code'): Promise<Status> {
  await settled(house);
  return JSON.parse((await who.get(`${page}/status`)).html) as Status;
}
async function joining(email = String(newPerson().email)) {
  const ann = visitor(house);
  const { page } = await ann.startSignUp({ email });
  expect(page.redirectedTo).toBe('/sign-up/code');
  return { ann, email };
}
async function resend(who: Visitor, page = '/sign-up/code'): Promise<number> {
  await who.get(page);
  return (await who.post(`${page}/resend`)).status;
}

test('an outage of ours is called ours, and what never left counts against nothing, however often it is pressed', async () => {
  outage();
  const { ann, email } = await joining();
  for (let n = 0; n < 12; n++) {
    const { delivery, text, resend: next } = await statusOf(ann);
    expect([delivery, next.state]).toEqual(['failed', 'ready']);
    expect(text).toContain("We can't send emails right now. That's our fault, not your address's.");
    expect(await resend(ann)).toBe(303);
  }
  await settled(house);
  expect(await budgetOf(house, email)).toMatchObject({ sends: 0 });
  smtp.mood = () => null;
  expect(await resend(ann)).toBe(303);
  expect((await statusOf(ann)).delivery).toBe('sent');
  expect(await budgetOf(house, email)).toMatchObject({ sends: 1 });
  expect(codesTo(email)).toHaveLength(1);
  expect((await typeCode(ann, codesTo(email)[0]!)).redirectedTo).toBe('/welcome');
});

test('a text that did not leave gives back its number’s block and its country', async () => {
  const mobile = newMobile();
  const ann = visitor(house);
  twilio.answers.push(500, 500);
  await ann.startSignUp(byMobile(mobile));
  const { delivery, text } = await statusOf(ann);
  expect(delivery).toBe('failed');
  expect(text).toContain("We can't send text messages right now. That's our fault, not your number's.");
  for (const limit of [`sms-prefix:${mobile.slice(0, -3)}`, 'sms-country:DE', 'sms-everywhere'])
    expect([limit, await house.stores.redis.zcard(`limit:${limit}`)]).toEqual([limit, 0]);
  expect(await budgetOf(house, mobile)).toMatchObject({ sends: 0 });
});

test('nor does it use up an account’s changes of contact', async () => {
  const { ann, email } = await joining();
  await usernameAfter(ann, email);
  await ann.get('/settings/contact');
  twilio.answers.push(...Array<500>(100).fill(500));
  for (let n = 0; n < 12; n++) {
    expect((await askMobile(ann, newMobile())).redirectedTo).toBe('/settings/contact/code');
    expect((await statusOf(ann, '/settings/contact/code')).delivery).toBe('failed');
  }
});

test('resets that did not leave count against neither what was asked for nor where it leads', async () => {
  const { ann, email } = await joining();
  const username = await usernameAfter(ann, email);
  await forgetBudgets(house);
  outage();
  const [known, unknown] = [visitor(house), visitor(house)];
  for (const [who, typed] of [
    [known, username],
    [unknown, 'nobody_of_that_name'],
  ] as const) {
    // A name may lead to a number: that nothing leaves shows when neither mail nor texts do.
    twilio.answers.push(...Array<500>(100).fill(500));
    await who.post('/password/forgot', { identifier: typed });
    for (let n = 0; n < 8; n++) {
      expect((await statusOf(who, '/password/code')).delivery).toBe('failed');
      expect(await resend(who, '/password/code')).toBe(303);
    }
  }
  await settled(house);
  expect(await budgetOf(house, email)).toMatchObject({ sends: 0, unseenSends: 0 });
  smtp.mood = () => null;
  twilio.answers.length = 0;
  const before = codesTo(email).length;
  expect(await resend(known, '/password/code')).toBe(303);
  await settled(house);
  expect(codesTo(email)).toHaveLength(before + 1);
});
/** Finishes joining; answers the username. */
async function usernameAfter(ann: Visitor, email: string): Promise<string> {
  await settled(house);
  expect((await typeCode(ann, codesTo(email).at(-1)!)).redirectedTo).toBe('/welcome');
  const [row] = await house.stores.sql<{ username: string }>(
    'SELECT "username" FROM "User" WHERE "email" = $1',
    [email],
  );
  return row!.username;
}

test('a resend that fails leaves the code before it good, for as long as that lives, and says so', async () => {
  const { ann, email } = await joining();
  await settled(house);
  const reference = /class="reference">([A-Z]{3})/.exec((await ann.get('/sign-up/code')).html)![1]!;
  outage();
  for (let n = 0; n < 3; n++) {
    expect(await resend(ann)).toBe(303);
    expect((await statusOf(ann)).text).toMatch(/That's our fault.* The code before it still works\.$/);
  }
  const page = textOf((await ann.get('/sign-up/code')).html);
  expect(page).toContain(`the message that starts with ${reference}`);
  house.clock.pass(minutes(10) - 1);
  const [first] = codesTo(email);
  expect((await typeCode(ann, first!)).redirectedTo).toBe('/welcome');

  const late = await joining();
  await settled(house);
  outage();
  await resend(late.ann);
  await settled(house);
  house.clock.pass(minutes(10));
  expect((await typeCode(late.ann, codesTo(late.email)[0]!)).status).toBe(422);
});

test('a resend that leaves after one that failed kills the code that was good till then', async () => {
  const { ann, email } = await joining();
  await settled(house);
  outage();
  await resend(ann);
  await settled(house);
  smtp.mood = () => null;
  await resend(ann);
  await settled(house);
  const [first, second] = codesTo(email);
  expect((await typeCode(ann, first!)).status).toBe(422);
  await withAnother(house, {}, async (other) => {
    expect((await typeCode(ann.at(other), second!)).redirectedTo).toBe('/welcome');
  });
});

test.each(['450 4.2.0 greylisted', '451 later', '452 too many', '421 closing'])(
  'a server that asks to wait (%s) is asked on, the page says so, and the code lives from when it leaves',
  async (reply) => {
    moodAt('rcpt', reply);
    const { ann, email } = await joining();
    const { delivery, text } = await statusOf(ann);
    expect(delivery).toBe('queued');
    expect(text).toBe(
      "The mail server at the other end has asked us to wait. We'll keep trying for up to 10 minutes.",
    );
    for (let minute = 1; minute < 8; minute++) {
      expect(await waitsOf(house, 'messages')).toEqual([minutes(1)]);
      house.clock.pass(minutes(1));
      await endWaiting(house, 'messages');
      expect((await statusOf(ann)).delivery).toBe('queued');
    }
    smtp.mood = () => null;
    house.clock.pass(minutes(1));
    await endWaiting(house, 'messages');
    expect((await statusOf(ann)).delivery).toBe('sent');
    house.clock.pass(minutes(10) - 1);
    expect((await typeCode(ann, codesTo(email)[0]!)).redirectedTo).toBe('/welcome');
  },
);

test('after ten minutes of waiting it is given up, and said; nobody’s address is blamed', async () => {
  moodAt('rcpt', '450 4.2.0 greylisted');
  const { ann } = await joining();
  for (let minute = 0; minute < 9; minute++) {
    await endWaiting(house, 'messages');
    house.clock.pass(minutes(1));
  }
  await endWaiting(house, 'messages');
  expect(await waitsOf(house, 'messages')).toEqual([]);
  const { delivery, text } = await statusOf(ann);
  expect(delivery).toBe('failed');
  expect(text).toMatch(/keeps asking us to wait.*try again in a few minutes/);
  expect(text).not.toContain('Check the address');
});

test('an address that takes nothing is what it was', async () => {
  moodAt('rcpt', '550 5.1.1 no such user');
  const { ann } = await joining();
  expect((await statusOf(ann)).text).toContain('Check the address');
});

test.each([
  [21_211, 'Check the number'],
  [21_610, 'Text START to the number they come from'],
  [21_408, "We can't send texts to this number's country or network"],
  [21_606, "That's our fault, not your number's"],
  [29_999, "That's our fault, not your number's"],
])('Twilio says %s: joining and adding a number both hear "%s"', async (code, words) => {
  const ann = visitor(house);
  refuseTexts(code);
  await ann.startSignUp(byMobile(newMobile()));
  const joins = await statusOf(ann);
  expect(joins.delivery).toBe('failed');
  expect(joins.text).toContain(words);
  expect(joins.text.includes('Check the number')).toBe(code === 21_211);

  const { ann: ben, email } = await joining();
  await usernameAfter(ben, email);
  await ben.get('/settings/contact');
  refuseTexts(code);
  await askMobile(ben, newMobile());
  expect((await statusOf(ben, '/settings/contact/code')).text).toContain(words);
});

const account = await (async () => {
  const { ann, email } = await joining(`k${newPerson().email as string}`);
  return { email, username: await usernameAfter(ann, email) };
})();

const byAddress = [account.email, `n${account.email.slice(1)}`];
const byName = [account.username, 'nobody_by_name'];

test.each([
  ['rcpt', 'hang', byAddress],
  ['rcpt', '450 later', byAddress],
  ['rcpt', '550 no', byName],
  ['data', 'cut', byAddress],
  ['body', 'hang', byName],
  ['body', '451 later', byAddress],
  ['mail', '550 no sender', byAddress],
  ['connect', 'hang', byAddress],
  ['connect', '421 too busy', byAddress],
  ['connect', 'cut', byName],
] as [Step, Mood, [string, string]][])(
  'mail fails at %s by "%s": a reset tells nothing of who has an account (%j)',
  async (step, mood, pair) => {
    // Whoever sent something lately has a connection that still works.
    house.clock.pass(days(2));
    await joining();
    await settled(house);
    moodAt(step, mood);
    const walk = sideBySide(house, pair);
    await walk.form();
    await settled(house);
    await walk.look();
    house.clock.pass(seconds(90));
    await walk.look();
    await walk.resend();
    await settled(house);
    await walk.look();
    const [known, unknown] = walk.seen().map((all) => JSON.stringify(all).replaceAll(/[kn]•/g, '?•'));
    // Two whole walks side by side are more than anybody reads where they differ.
    expect(known === unknown).toBe(true);
    // A name may lead to a number, and texts still leave.
    const tells = walk.seen()[0]!.some(({ html }) => html.includes('"delivery":"failed"'));
    expect(tells).toBe(step === 'connect' && pair === byAddress);
    smtp.mood = () => null;
    await endWaiting(house, 'messages');
  },
);

test('a code that a mailbox took late is sent all the same, and tells its own minutes', async () => {
  house.clock.pass(days(1));
  moodAt('rcpt', '450 later');
  const who = visitor(house);
  await who.post('/password/forgot', { identifier: account.email });
  await settled(house);
  const before = codesTo(account.email).length;
  house.clock.pass(minutes(4));
  smtp.mood = () => null;
  await endWaiting(house, 'messages');
  await eventually(() => codesTo(account.email).length === before + 1, 'the code');
  expect(plain(smtp.taken.at(-1)!.text)).toMatch(/\b6 minutes/);
  expect((await who.post('/password/code', { code: codesTo(account.email).at(-1)! })).redirectedTo).toBe(
    '/password/new',
  );
});
