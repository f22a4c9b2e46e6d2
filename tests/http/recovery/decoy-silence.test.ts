import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, sessionsOf } from '../../support/joining.ts';
import { forgot, type ResetRow } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  askOften,
  holdingCode,
  joinedYesterday,
  typeResetCode,
} from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import { everythingKept } from '../../support/traces.ts';
import { visitor } from '../../support/visitor.ts';

const key = randomBytes(32);
const house = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

/** The newest reset of all, and the code that its current send would have. */
const newest = async (): Promise<ResetRow & { derived: string }> => {
  const [row] = await house.stores.sql<ResetRow & { destinationKey: string }>(
    'SELECT * FROM "PasswordResetOtp" ORDER BY "createdAt" DESC, "id" DESC LIMIT 1',
  );
  if (!row) throw new Error('nobody asked');
  const { id: challengeId, destinationKey: destination, sends: send } = row;
  const subject = { purpose: 'passwordReset', challengeId, destination, send };
  return { ...row, derived: createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none' };
};

const unknown = [
  'nobody@example.com',
  '+4915129998877',
  'nobody_here',
  '0151 2999 8877',
  'what is this?!',
  'nobody@',
];

test.each(unknown)('%s: no message leaves, however often it is asked for', async (identifier) => {
  const before = house.outbox.messages.length;
  const who = visitor(house);
  await forgot(who, identifier);
  for (const wait of [0, 0, 60, 120]) {
    house.clock.pass(seconds(wait));
    await who.get('/password/code');
    expect((await who.post('/password/code/resend')).status).toBe(303);
  }
  await settled(house);
  expect((await newest()).delivery).toBe('sent');
  // The budget is spent now: no link leaves, either.
  expect((await forgot(visitor(house), identifier)).status).toBe(429);
  await settled(house);
  expect(house.outbox.messages).toHaveLength(before);
  expect(await house.stores.sql('SELECT FROM "PasswordResetLink"')).toEqual([]);
});

test.each(unknown)('%s: not even the code that it would have had is right', async (identifier) => {
  house.clock.pass(seconds(24 * 3600));
  const who = visitor(house);
  await forgot(who, identifier);
  const page = await typeResetCode(who, (await newest()).derived);
  expect(page.status).toBe(422);
  expect(page.html).toContain('4 tries left');
  expect([...(await sessionsOf(house)).values()].filter((session) => session.resetGrant)).toEqual([]);
});

test('the same derivation opens the door where there is an account', async () => {
  const { username, email } = await joinedYesterday(house);
  for (const identifier of [email, username]) {
    house.clock.pass(seconds(1));
    const { who, code } = await holdingCode(house, identifier, email);
    expect((await newest()).derived).toBe(code);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  }
});

test('a contact that was never verified is nobody, and looks like nobody', async () => {
  const { username } = await joinedYesterday(house);
  const phone = '+4915123111178';
  await alsoReachedBy(house, username, { phone, verified: false });
  const walk = sideBySide(house, [phone, '+4915123222278']);
  await walk.form();
  await walk.look();
  await walk.code('000000');
  await askOften(house, phone, 5);
  await askOften(house, '+4915123222278', 5);
  await walk.form();
  const [ofUnverified, ofUnknown] = walk.seen();
  expect(ofUnverified).toEqual(ofUnknown);
  await settled(house);
  expect(house.outbox.to(phone)).toEqual([]);
});

test('a username leads to a verified contact only', async () => {
  const mobile = newMobile();
  const { username } = await joinedYesterday(house, byMobile(mobile));
  const email = `${username}@example.org`;
  await house.stores.sql('UPDATE "User" SET "email" = $2, "emailKey" = $2 WHERE "username" = $1', [
    username,
    email,
  ]);
  const { who, code } = await holdingCode(house, username, mobile);
  await askOften(house, username, 5);
  await askOften(house, email, 6);
  await settled(house);
  expect(house.outbox.to(email)).toEqual([]);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('a password that was typed into the wrong field is kept nowhere', async () => {
  const typed = 'Unmistakable lantern 77!';
  const who = visitor(house);
  expect((await forgot(who, typed)).redirectedTo).toBe('/password/code');
  expect((await who.get('/password/code')).html).not.toMatch(/unmistakable/i);
  await settled(house);
  const { redis, postgres } = await everythingKept(house);
  expect(postgres).toContain(createHash('sha256').update(`other:${typed.toLowerCase()}`).digest('base64url'));
  for (const place of [redis, postgres, house.logged.join('\n')]) expect(place).not.toMatch(/unmistakable/i);
});
