import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { days, seconds } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { DeliveryDeferred, DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, sessionsOf } from '../../support/joining.ts';
import { type ResetRow, forgot, resetsOf } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  askOften,
  codesTo,
  holdingCode,
  joinedYesterday,
  typeResetCode,
} from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import { everythingKept } from '../../support/traces.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house3 = await houseOfThisFile({ replaced: { retry: { tries: 3, backoff: 10 } } });
const key = randomBytes(32);
const house2 = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

describe('decoys', () => {
  beforeAll(async () => {
    await house.empty();
    await joinedYesterday(house, { email, username: 'known_face' });
    await joinedYesterday(house, { ...byMobile(phone), username: 'phoned_face' });
  });

  // The masks of a known and an unknown one look alike: first letter and domain, or country and last two digits.
  const email = 'known.face@example.com';
  const phone = '+4915123111178';
  /** Whatever one test spent is a day old in the next. */
  beforeEach(() => house.clock.pass(days(1)));

  const pairs = [
    ['an email address', email, 'knows.folk@example.com'],
    ['a mobile number', phone, '+4915123222278'],
    ['a username', 'known_face', 'other_face'],
    ['the username of somebody without an email address', 'phoned_face', 'another_one'],
    ['a number without its country', '015123111178', '015123222278'],
    ['a number in brackets and dashes', '(0151) 2311-1178', '(0151) 2322-2278'],
  ] as const;

  test.each(pairs)('%s: to the end of all tries, all looks the same', async (_, known, unknown) => {
    const walk = sideBySide(house, [known, unknown]);
    await walk.form();
    await walk.look();
    await walk.code('12');
    await walk.code('000000');
    for (let n = 0; n < 2; n++) {
      await walk.resend();
      await walk.look();
    }
    for (const wait of [60, 120, 300]) {
      await walk.resend();
      house.clock.pass(seconds(wait) - 1);
      await walk.resend();
      house.clock.pass(1);
      await walk.resend();
      await walk.look();
    }
    for (let n = 0; n < 4; n++) await walk.code('000000');
    await walk.get('/password/code');
    await walk.get('/password/code/status');
    await walk.get('/password/forgot');
    await walk.get('/password/new');
    await walk.form();
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    // The walk came by everything that a stranger can meet.
    expect(new Set(ofUnknown?.map(({ status }) => status))).toEqual(new Set([303, 200, 422, 429, 404]));
  });

  test.each(pairs)('%s: as time goes by, all looks the same', async (_, known, unknown) => {
    const walk = sideBySide(house, [known, unknown]);
    await walk.form();
    for (const passes of [30, 29.999, 0.001, 539.999, 0.001]) {
      house.clock.pass(seconds(passes));
      await walk.look();
    }
    await walk.code('000000');
    await walk.resend();
    await walk.look();
    house.clock.pass(seconds(1_199.999));
    await walk.look();
    house.clock.pass(1);
    await walk.code('000000');
    await walk.get('/password/forgot');
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    expect(ofUnknown?.at(-1)?.html).toContain('This code has expired.');
  });

  test('the two are told apart by what belongs to each: the search would find a difference', async () => {
    const walk = sideBySide(house, [email, 'zoe@example.com']);
    await walk.form();
    await walk.look();
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).not.toEqual(ofUnknown);
  });
});

describe('decoy silence', () => {
  const house = house2;
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

  const unknown = ['nobody@example.com', '+4915129998877', 'nobody_here', '0151 2999 8877'];

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
    const who = visitor(house);
    expect((await forgot(who, 'Unmistakable lantern 77!')).status).toBe(422);
    await settled(house);
    const { redis, postgres } = await everythingKept(house);
    for (const place of [redis, postgres, house.logged.join('\n')])
      expect(place).not.toMatch(/unmistakable/i);
  });
});

describe('decoy delivery', () => {
  const house = house3;
  beforeAll(async () => {
    await house.empty();
    await joinedYesterday(house, { ...byMobile(phone), username: 'phoned_face' });
  });

  afterEach(() => {
    house.outbox.failure = null;
  });

  const phone = '+4915123111178';
  let people = 0;
  /** An address with an account and one without, that look alike once they are masked; and the account's username. */
  const addresses = async () => {
    const n = ++people;
    const known = { email: `known${n}@example.com`, username: `known_face_${n}` };
    await joinedYesterday(house, known);
    return { ...known, unknown: `knews${n}@example.com`, stranger: `other_face_${n}` };
  };
  const isOf = (to: string, ...contacts: string[]) => contacts.includes(to);

  test.each([
    ['refuses', () => new DeliveryRefused('smtp 550')],
    ['defers', () => new DeliveryDeferred('smtp 451')],
  ] as const)('a mailbox that %s our emails looks like an address without an account', async (_, failure) => {
    const { email, username, unknown, stranger } = await addresses();
    let tries = 0;
    house.outbox.failure = (to) => (isOf(to, email, phone) ? (tries++, failure()) : null);
    for (const pair of [
      [email, unknown],
      [username, stranger],
      [phone, '+4915123222278'],
      ['015123111178', '015123222278'],
    ]) {
      const before = tries;
      const walk = sideBySide(house, pair);
      await walk.form();
      await walk.look();
      await walk.resend();
      await walk.look();
      await walk.code('000000');
      const [ofKnown, ofUnknown] = walk.seen();
      expect(ofKnown).toEqual(ofUnknown);
      expect(ofKnown?.map(({ html }) => html).join()).not.toMatch(
        /delivery"?[=:]"failed"|can(?:'|&#39;)t send/,
      );
      expect(tries).toBeGreaterThan(before);
    }
  });

  test('while an email is tried again and again, and after that, the page tells nothing', async () => {
    const { email, unknown } = await addresses();
    let asked = 0;
    house.outbox.failure = (to) => (to === email ? (asked++, new DeliveryDeferred('smtp 451')) : null);
    let goOn: () => void = () => {};
    house.outbox.delay = () => new Promise((resolve) => (goOn = resolve));
    const walk = sideBySide(house, [email, unknown]);
    await walk.form();
    const lookOnce = async () => {
      await walk.get('/password/code');
      await walk.get('/password/code/status');
    };
    await eventually(async () => (await resetsOf(house, unknown))[0]?.delivery === 'sent', 'the decoy');
    await lookOnce();
    house.clock.pass(seconds(59));
    await lookOnce();
    goOn();
    house.outbox.delay = async () => {};
    await settled(house);
    expect(asked).toBe(3);
    house.clock.pass(seconds(1));
    await lookOnce();
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
  });

  test('an email that a mailbox refused is not asked for again, and its resend is not given back', async () => {
    const { email } = await addresses();
    house.outbox.failure = (to) => (to === email ? new DeliveryRefused('smtp 550') : null);
    const walk = sideBySide(house, [email]);
    await walk.form();
    await walk.look();
    await walk.resend();
    await walk.look();
    await walk.resend();
    await walk.look();
    await walk.resend();
    expect(walk.seen()[0]?.at(-1)?.status).toBe(429);
  });
});

describe('decoy outage', () => {
  const house = house3;
  beforeAll(async () => {
    await house.empty();
    await joinedYesterday(house, { email, username: 'known_face' });
    await joinedYesterday(house, { ...byMobile('+4915123111178'), username: 'phoned_face' });
  });

  afterEach(() => {
    house.outbox.failure = null;
  });

  const email = 'known1@example.com';
  const pairs = [
    ['an email address', email, 'knews1@example.com'],
    ['a mobile number', '+4915123111178', '+4915123222278'],
    ['a username', 'known_face', 'other_face'],
    ['the username of somebody without an email address', 'phoned_face', 'another_one'],
    ['a number without its country', '015123111178', '015123222278'],
  ] as const;

  test.each(pairs)(
    '%s: when nothing leaves at all, the page says so, and gives the send back',
    async (_, known, unknown) => {
      house.outbox.failure = () => new Error('connect ECONNREFUSED');
      house.clock.pass(days(1));
      const walk = sideBySide(house, [known, unknown]);
      await walk.form();
      await settled(house);
      for (let n = 0; n < 3; n++) {
        await walk.get('/password/code');
        await walk.get('/password/code/status');
        await walk.resend();
        await settled(house);
      }
      await walk.get('/password/code/status');
      const [ofKnown, ofUnknown] = walk.seen();
      expect(ofKnown).toEqual(ofUnknown);
      const states = ofKnown?.filter(({ step }) => step.endsWith('status')) ?? [];
      expect(states).toHaveLength(4);
      for (const { html } of states)
        expect(JSON.parse(html)).toMatchObject({ delivery: 'failed', resend: { state: 'ready' } });
    },
  );

  test('when the way out is back, the next press sends a code that works', async () => {
    house.clock.pass(days(1));
    house.outbox.failure = () => new Error('connect ECONNREFUSED');
    const walk = sideBySide(house, [email]);
    await walk.form();
    await settled(house);
    await walk.get('/password/code');
    house.outbox.failure = null;
    const before = codesTo(house, email).length;
    await walk.resend();
    const code = await eventually(() => codesTo(house, email)[before], 'the code');
    expect((await typeResetCode(walk.walkers[0]!.who, code)).redirectedTo).toBe('/password/new');
  });
});
