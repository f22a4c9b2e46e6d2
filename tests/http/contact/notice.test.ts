import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import {
  changeEmail,
  changeMobile,
  codeFor,
  newEmail,
  typeContactCode,
  undoIn,
} from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { everythingKept } from '../../support/traces.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const member = async () => {
  const ann = visitor(house);
  ann.headers['User-Agent'] =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
  return { ann, ...(await ann.signUp()) };
};
/** What an address was sent after its first message, the code that proved it. */
const newsTo = (address: string) => house.outbox.to(address).slice(1);
const undoPath = /http:\/\/chatlink\.test\/contact\/undo\/([\w-]{32})(?![\w-])/;

test('the old address hears what happened, when and where, and how to undo it', async () => {
  const { ann, username, email } = await member();
  await changeEmail(house, ann);
  const letter = await house.outbox.next(email);
  expect(letter.subject).toBe('Your ChatLink email address was changed');
  expect(letter.text).toContain(`changed the email address of ${username}`);
  expect(letter.text).toContain('Firefox on Windows, 15 Jun 2026, 12:00 UTC');
  expect(letter.text).toContain('within 72 hours');
  expect(letter.text).toMatch(undoPath);
  expect(letter.html).toMatch(undoPath);
});

test('the new address hears nothing but its code; every other contact has a link of its own', async () => {
  const { ann, email } = await member();
  const mobile = await changeMobile(house, ann);
  const added = await house.outbox.next(email);
  expect(added.subject).toBe('A new mobile number on your ChatLink account');
  const next = await changeEmail(house, ann);
  const [letter, text] = [await house.outbox.next(email), await house.outbox.next(mobile)];
  expect(text.text).toMatch(/^ChatLink: email address changed of ann_/);
  expect(text.text.length).toBeLessThanOrEqual(160);
  const links = [added, letter, text].map((message) => undoPath.exec(message.text)?.[1]);
  expect(new Set(links).size).toBe(3);
  expect(newsTo(next)).toEqual([]);
  expect(newsTo(mobile)).toHaveLength(1);
  expect(newsTo(email)).toHaveLength(2);
});

test('of a changed number the old one hears by text, and the email by mail', async () => {
  const mobile = newMobile();
  const ben = visitor(house);
  await ben.signUp(byMobile(mobile));
  const email = await changeEmail(house, ben);
  expect((await house.outbox.next(mobile)).text).toMatch(/^ChatLink: email address added to ann_/);
  await changeMobile(house, ben);
  expect((await house.outbox.next(mobile)).text).toMatch(/^ChatLink: mobile number changed of ann_/);
  expect((await house.outbox.next(email)).subject).toBe('Your ChatLink mobile number was changed');
});

test('texts that strangers ask for to its neighbours do not silence the news to a number', async () => {
  const mobile = newMobile();
  const ben = visitor(house);
  await ben.signUp(byMobile(mobile));
  await fillLimit(house, `sms-prefix:${mobile.slice(0, -3)}`, 20);
  await changeEmail(house, ben);
  expect(await undoIn(house, mobile)).toMatch(/^\/contact\/undo\//);
});

test('no link, and no hash that is one, is kept anywhere or logged', async () => {
  const { ann, email } = await member();
  await changeEmail(house, ann);
  const token = undoPath.exec((await house.outbox.next(email)).text)![1]!;
  const { redis, postgres } = await everythingKept(house);
  expect(redis).not.toContain(token);
  expect(postgres).not.toContain(token);
  expect(house.logged.join('\n')).not.toContain(token);
  await ann.get(`/contact/undo/${token}`);
  expect(house.logged.join('\n')).not.toContain(token);
});

test('what a queue that was away has missed is told by the cleaning', async () => {
  const { ann, username, email } = await member();
  const code = await codeFor(house, ann, newEmail());
  const { redis } = house.stores;
  // Where the queue counts its jobs there is no number: nothing can be added to it.
  await redis.set('bull:security:id', 'none');
  expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
  await redis.del('bull:security:id');
  const due = async () =>
    house.stores.sql(
      'SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1 AND e."noticeDue"',
      [username],
    );
  expect(await due()).toHaveLength(1);
  expect(newsTo(email)).toEqual([]);

  house.clock.pass(minutes(1));
  await clean(house);
  await eventually(() => newsTo(email).length === 1, 'the news');
  await eventually(async () => (await due()).length === 0, 'nothing due');
});
