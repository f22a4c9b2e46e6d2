import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { DeliveryRefused } from '../../../src/platform/delivery.ts';
import { eventually } from '../../support/captured.ts';
import {
  askEmail,
  askMobile,
  contactEvents,
  contactsOf,
  newEmail,
  typeContactCode,
  member,
} from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, withoutChance } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { type Page, type Visitor, visitor } from '../../support/visitor.ts';

const key = randomBytes(32);
const house = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

const derived = async (destination: string): Promise<string> => {
  const [row] = await house.stores.sql<{ id: string }>(
    'SELECT "id" FROM "ContactChangeOtp" WHERE "destination" = $1 ORDER BY "createdAt" DESC',
    [destination],
  );
  const subject = { purpose: 'contactChange', challengeId: row!.id, destination, send: 1 };
  return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
};

const untilSent = (who: Visitor) =>
  eventually(
    async () => (await who.get('/settings/contact/code/status')).html.includes('"sent"'),
    'the message',
  );

/** Everything that somebody sees who walks the whole way without knowing the code. */
const walk = async (ask: (who: Visitor) => Promise<Page>): Promise<unknown[]> => {
  const { ann } = await member(house);
  const seen: unknown[] = [];
  const see = (page: Page) => {
    const html = withoutChance(page.html).replace(/ann_\w+/g, 'ann');
    seen.push([page.status, page.redirectedTo, html.replace(/a•+@example\.com/g, 'mine')]);
  };
  see(await ask(ann));
  await untilSent(ann);
  see(await ann.get('/settings/contact/code'));
  see(await ann.get('/settings/contact/code/status'));
  for (let n = 0; n < 3; n++) {
    see(await ann.post('/settings/contact/code/resend'));
    await untilSent(ann);
    see(await ann.get('/settings/contact/code'));
  }
  for (let n = 0; n < 5; n++) see(await typeContactCode(ann, '000000'));
  see(await ann.get('/settings/contact'));
  return seen;
};

test('somebody else’s address shows the same pages as one that is nobody’s', async () => {
  await visitor(house).signUp({ email: 'known.face@example.com' });
  const known = await walk((ann) => askEmail(ann, 'Known.Face@example.com'));
  const unknown = await walk((ann) => askEmail(ann, 'Knows.Folk@example.com'));
  expect(known).toEqual(unknown);
});

test('somebody else’s number shows the same pages as one that is nobody’s', async () => {
  await visitor(house).signUp(byMobile('+4915123111178'));
  const known = await walk((ann) => askMobile(ann, '+4915123111178'));
  const unknown = await walk((ann) => askMobile(ann, '+4915123222278'));
  expect(known).toEqual(unknown);
});

test('its owner hears of it and gets no code', async () => {
  const { email } = await member(house);
  const { ann } = await member(house);
  await askEmail(ann, email);
  const letter = await house.outbox.next(email);
  expect(letter.subject).toMatch(/^[A-Z]{3}: somebody tried to add your address$/);
  expect(letter.text).toContain('It belongs to your account, so nothing has changed');
  expect(`${letter.text} ${letter.html?.split('<body>')[1]}`).not.toMatch(/\d{6}/);
});

test('no code is ever right for it, not even the one it would have been', async () => {
  const { email } = await member(house);
  const { ann, username, email: mine } = await member(house);
  await askEmail(ann, email);
  expect((await typeContactCode(ann, await derived(email))).status).toBe(422);
  expect((await contactsOf(house, username)).email).toBe(mine);
  expect(await contactEvents(house, username)).toEqual([]);
});

test('the same derivation opens the door for an address that is nobody’s', async () => {
  const { ann } = await member(house);
  const email = newEmail();
  await askEmail(ann, email);
  expect((await typeContactCode(ann, await derived(email))).redirectedTo).toBe('/settings/contact');
});

test('by text the owner is told once a day, whatever was tried', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  const told = () => house.outbox.to(mobile).filter((m) => !/\d{6}/.test(m.text)).length;
  const ask = async () => {
    const { ann } = await member(house);
    await askMobile(ann, mobile);
    await untilSent(ann);
  };
  await repeatedly(3, ask);
  expect(told()).toBe(1);
  expect(house.outbox.to(mobile).at(-1)?.text).toMatch(/^[A-Z]{3}: somebody tried to add your number/);
  await visitor(house).startSignUp(byMobile(mobile));
  house.clock.pass(days(1) - 1);
  await ask();
  expect(told()).toBe(1);
  house.clock.pass(1);
  await ask();
  expect(told()).toBe(2);
});

test('a mailbox that refuses is said so, whosever it is', async () => {
  const { email } = await member(house);
  for (const to of [email, newEmail()]) {
    const { ann } = await member(house);
    house.outbox.failure = (address) => (address === to ? new DeliveryRefused('no such mailbox') : null);
    await askEmail(ann, to);
    await eventually(
      async () => (await ann.get('/settings/contact/code/status')).html.includes('"failed"'),
      'the failure',
    );
    expect((await ann.get('/settings/contact/code')).html).toContain('We could not deliver the email.');
    house.outbox.failure = null;
  }
});
