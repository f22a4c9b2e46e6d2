import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import {
  askEmail,
  changeEmail,
  codeFor,
  contactsOf,
  newEmail,
  typeContactCode,
  member,
} from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { statuses, together } from '../../support/many.ts';
import { another } from '../../support/recovering.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('with nothing pending, every step of the code leads to the contacts', async () => {
  const { ann } = await member(house);
  expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
  for (const path of ['code', 'code/resend', 'cancel'])
    expect(
      (await ann.post(`/settings/contact/${path}`, path === 'code' ? { code: '123456' } : {})).redirectedTo,
    ).toBe('/settings/contact');
  expect((await ann.get('/settings/contact/code/status')).status).toBe(404);
});

test('a code works until ten minutes have passed, and then another is offered', async () => {
  const { ann, username } = await member(house);
  const email = newEmail();
  const code = await codeFor(house, ann, email);
  house.clock.pass(minutes(10));
  const late = await typeContactCode(ann, code);
  expect([late.status, textOf(late.html).includes('This code has expired.')]).toEqual([422, true]);
  expect((await ann.post('/settings/contact/code/resend')).redirectedTo).toBe('/settings/contact/code');
  const next = await house.outbox.nextCode(email);
  house.clock.pass(minutes(10) - 1);
  expect((await typeContactCode(ann, next)).redirectedTo).toBe('/settings/contact');
  expect((await contactsOf(house, username)).email).toBe(email);
});

test('a try ends after half an hour', async () => {
  const { ann } = await member(house);
  await codeFor(house, ann, newEmail());
  house.clock.pass(minutes(30) - 1);
  expect((await ann.get('/settings/contact/code')).status).toBe(200);
  house.clock.pass(1);
  expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
  expect(textOf((await ann.get('/settings/contact')).html)).toContain('This code has run out.');
});

test('another code kills the one before; fifty presses at once send one', async () => {
  const { ann } = await member(house);
  const email = newEmail();
  const first = await codeFor(house, ann, email);
  await ann.get('/settings/contact/code');
  const pressed = await together(50, () => ann.post('/settings/contact/code/resend'));
  expect(statuses(pressed)).toEqual({ 303: 50 });
  const second = await house.outbox.nextCode(email);
  expect(house.outbox.to(email)).toHaveLength(2);
  expect((await typeContactCode(ann, first)).status).toBe(422);
  expect((await typeContactCode(ann, second)).redirectedTo).toBe('/settings/contact');
});

test('the page follows the message', async () => {
  const { ann } = await member(house);
  await codeFor(house, ann, newEmail());
  await eventually(
    async () => (await ann.get('/settings/contact/code/status')).html.includes('"delivery":"sent"'),
    'the message',
  );
});

test('a cancelled try is over, and says nothing', async () => {
  const { ann, username, email } = await member(house);
  const code = await codeFor(house, ann, newEmail());
  expect((await ann.post('/settings/contact/cancel')).redirectedTo).toBe('/settings/contact');
  expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
  expect((await contactsOf(house, username)).email).toBe(email);
});

test('beginning anew ends what was begun', async () => {
  const { ann, username } = await member(house);
  const first = await codeFor(house, ann, newEmail());
  const mobile = newMobile();
  const second = await codeFor(house, ann, mobile);
  expect((await typeContactCode(ann, first)).status).toBe(422);
  expect((await typeContactCode(ann, second)).redirectedTo).toBe('/settings/contact');
  expect((await contactsOf(house, username)).phone).toBe(mobile);
});

test('a code belongs to its session, also of the same person', async () => {
  const { ann, username, password } = await member(house);
  const phone = visitor(house);
  await phone.signIn(username, password);
  const email = newEmail();
  const code = await codeFor(house, ann, email);
  await codeFor(house, phone, email);
  expect((await typeContactCode(phone, code)).status).toBe(422);
  expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
});

test('a code belongs to its purpose: it neither joins nor resets', async () => {
  const { ann, email: mine } = await member(house);
  const email = newEmail();
  const code = await codeFor(house, ann, email);
  const eve = visitor(house);
  await eve.startSignUp({ email });
  expect((await eve.post('/sign-up/code', { code })).status).toBe(422);
  await eve.post('/password/forgot', { identifier: mine });
  expect((await eve.post('/password/code', { code })).status).toBe(422);
});

test('what was begun is gone after signing out', async () => {
  const { ann, username, password } = await member(house);
  const code = await codeFor(house, ann, newEmail());
  await ann.post('/logout');
  await ann.signIn(username, password);
  expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
  expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
});

test('a new password ends what other sessions had begun, and what this one had', async () => {
  const { ann, username, password, email } = await member(house);
  const phone = visitor(house);
  await phone.signIn(username, password);
  const code = await codeFor(house, phone, newEmail());
  await askEmail(ann, newEmail());
  await ann.post('/settings/password', {
    currentPassword: password,
    password: another,
    passwordConfirmation: another,
  });
  expect((await typeContactCode(phone, code)).redirectedTo).toMatch(/^\/(login|settings)/);
  expect((await phone.get('/settings/contact/code')).redirectedTo).toMatch(/^\/login/);
  expect((await ann.get('/settings/contact/code')).redirectedTo).toBe('/settings/contact');
  expect((await contactsOf(house, username)).email).toBe(email);
});

test('changing there and back again is two changes', async () => {
  const { ann, username, email } = await member(house);
  const next = await changeEmail(house, ann);
  await house.outbox.next(email);
  await typeContactCode(ann, await codeFor(house, ann, email));
  expect((await contactsOf(house, username)).email).toBe(email);
  expect(house.outbox.to(next).length).toBeGreaterThan(0);
});
