import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createCodes } from '../../../src/platform/codes.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, newMobile, peopleCalled, typeCode } from '../../support/joining.ts';
import { forgot, resetsOf } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  codeAfter,
  grantsFor,
  holdingCode,
  joinedYesterday,
  typeResetCode,
} from '../../support/resetting.ts';
import { visitor } from '../../support/visitor.ts';

const key = randomBytes(32);
const house = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

/** The code that the newest reset for an address would have, were it made for this purpose. */
const derivedFor = async (purpose: string, destination: string): Promise<string> => {
  const [row] = await resetsOf(house, destination);
  const subject = { purpose, challengeId: row?.id ?? '?', destination, send: 1 };
  return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
};

test('a code of one purpose is worthless for the other, in one session that waits for both', async () => {
  const { username, email } = await joinedYesterday(house);
  const { ann, person, code: ofSignUp } = await joining(house);
  const { code: ofReset } = await holdingCode(house, email, email, ann);
  expect((await typeResetCode(ann, ofSignUp)).html).toContain('4 tries left');
  expect((await typeCode(ann, ofReset)).html).toContain('4 tries left');
  expect(await peopleCalled(house, person.username)).toBe(0);
  expect(await grantsFor(house, username)).toBe(0);
  expect((await typeResetCode(ann, ofReset)).redirectedTo).toBe('/password/new');
});

test('the purpose is part of the code itself', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  expect(await derivedFor('passwordReset', email)).toBe(code);
  expect((await typeResetCode(who, await derivedFor('registration', email))).status).toBe(422);
  expect((await typeResetCode(who, await derivedFor('', email))).status).toBe(422);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('a code is worthless in another session, even in one that waits for the same account', async () => {
  const { username, email } = await joinedYesterday(house);
  const owner = await holdingCode(house, email, email);
  const other = await holdingCode(house, email, email);
  expect((await typeResetCode(other.who, owner.code)).html).toContain('4 tries left');
  expect((await typeResetCode(owner.who, other.code)).html).toContain('4 tries left');
  expect((await typeResetCode(visitor(house), owner.code)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
  expect((await typeResetCode(owner.who, owner.code)).redirectedTo).toBe('/password/new');
});

test('a code to one contact is worthless for the other contact of the same account', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  const byMail = await holdingCode(house, email, email);
  const byText = await holdingCode(house, phone, phone);
  expect((await typeResetCode(byMail.who, byText.code)).status).toBe(422);
  expect((await typeResetCode(byText.who, byMail.code)).status).toBe(422);
  expect(await grantsFor(house, username)).toBe(0);
});

test('whoever asks anew in the same browser waits for the new code only', async () => {
  const { email } = await joinedYesterday(house);
  const ben = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const bens = await codeAfter(house, ben.email, () => forgot(who, ben.email));
  expect((await typeResetCode(who, code)).html).toContain('4 tries left');
  expect((await resetsOf(house, email))[0]?.consumedAt).not.toBeNull();
  expect((await typeResetCode(who, bens)).redirectedTo).toBe('/password/new');
  expect((await who.get('/password/new')).html).toContain(ben.username);
});

test('a code works once: what it opened cannot be opened with it again', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const before = new Map(who.cookies);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  const late = visitor(house);
  for (const [name, value] of before) late.cookies.set(name, value);
  expect((await typeResetCode(late, code)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(1);
});
