import { describe, expect, test } from '@jest/globals';
import { createAccountStore } from '../../src/features/auth/accounts/account.store.ts';
import { createChallengeStore } from '../../src/features/auth/codes/challenge.store.ts';
import type { Challenge } from '../../src/features/auth/codes/challenge.ts';
import { createPasswordStore } from '../../src/features/auth/password/password.store.ts';
import { otpPolicy } from '../../src/features/auth/policy.ts';
import {
  type Created,
  createSignUpStore,
  type NewAccount,
} from '../../src/features/auth/sign-up/sign-up.store.ts';
import { days } from '../../src/kernel/clock.ts';
import { repeatedly, tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { event, join, newId, rowOf, timesOf } = membersOf(nodes);
const accounts = of(({ db }) => createAccountStore(db));
const passwords = of(({ db }) => createPasswordStore(db));
const signUps = of(({ db }) => createSignUpStore(db));
const challenges = of(({ db }) => createChallengeStore(db, 'sign-up'));

function hash(of: number | string): string {
  return `$argon2id$${of}`;
}

/** Whoever typed the right code for this address; `n` keeps budgets of many out of the way. */
async function challengeFor(email: string): Promise<Challenge> {
  await stores.sql('DELETE FROM "DestinationBudget"');
  const sent = { keyId: 'k1', reference: 'KFR', decoy: false, channel: 'email' as const };
  const to = { destination: email, destinationKey: email.toLowerCase() };
  const begun = await challenges(0).begin({ id: newId(), ...sent, ...to }, clock.now());
  if ('spent' in begun) throw new Error('the budget was spent');
  return begun;
}
function challengesFor(email: (n: number) => string) {
  return repeatedly(50, (n) => challengeFor(email(n)));
}

function create(n: number, usernameKey: string, challenge: Challenge): Promise<Created> {
  const account: NewAccount = {
    id: newId(),
    username: usernameKey.toUpperCase(),
    usernameKey,
    passwordHash: hash(0),
    dateOfBirth: new Date('1990-01-01'),
    country: 'DE',
    locale: 'en',
    native: 'de',
    learning: ['en', 'fr'],
  };
  return signUps(n).createVerified(account, challenge, event('joined', account.id), {
    joining: { hashes: [], barredId: null },
    device: `device-${account.id}`,
  });
}
function outcomes(all: readonly Created[]) {
  return tally(all.map((one) => (one.ok ? 'joined' : one.conflict)));
}
async function people(): Promise<number> {
  return (await stores.sql('SELECT FROM "User"')).length;
}

/** One person with one history and three languages, and nothing of all the others. */
async function expectOne(): Promise<void> {
  expect(await people()).toBe(1);
  expect(await timesOf('joined')).toBe(1);
  expect(await stores.sql('SELECT FROM "UserLanguage"')).toHaveLength(3);
  expect(await stores.sql('SELECT FROM "UsernameSkeleton"')).toHaveLength(1);
}

describe('joining, fifty at once on two nodes', () => {
  test('with one challenge and fifty names', async () => {
    const challenge = await challengeFor('ann@example.com');
    const all = await atOnce(50, (n) => create(n, `ann${n}x`, challenge));
    expect(outcomes(all)).toEqual({ joined: 1, challenge: 49 });
    await expectOne();
  });

  test('with one challenge and one name, as a button pressed again and again does', async () => {
    const challenge = await challengeFor('ann@example.com');
    const all = await atOnce(50, (n) => create(n, 'ann', challenge));
    expect(outcomes(all)).toEqual({ joined: 1, challenge: 49 });
    await expectOne();
  });

  test('with one name and fifty addresses', async () => {
    const challenges = await challengesFor((n) => `ann${n}@example.com`);
    expect(outcomes(await atOnce(50, (n) => create(n, 'ann', challenges[n]!)))).toEqual({
      joined: 1,
      username: 49,
    });
    await expectOne();
    const unused = await stores.sql('SELECT FROM "RegistrationOtp" WHERE "consumedAt" IS NULL');
    expect(unused).toHaveLength(49);
  });

  test('with names that look alike', async () => {
    const challenges = await challengesFor((n) => `ann${n}@example.com`);
    const alike = ['milo', 'mi1o', 'mil0', 'rnilo', 'm.ilo', 'm_i_l_o', 'mlio', 'm1i0'];
    const all = await atOnce(50, (n) => create(n, alike[n % alike.length]!, challenges[n]!));
    expect(outcomes(all)).toEqual({ joined: 1, username: 49 });
    await expectOne();
  });

  test('with one address in fifty challenges', async () => {
    const challenges = await challengesFor(() => 'ann@example.com');
    // None of these letters looks like another: the address alone decides.
    const letters = 'abcdefgh';
    const names = (n: number) => `${letters[n % 8]}nn${letters[Math.floor(n / 8)]}x`;
    const all = await atOnce(50, (n) => create(n, names(n), challenges[n]!));
    expect(outcomes(all)).toEqual({ joined: 1, contact: 49 });
    await expectOne();
  });
});

test('a challenge makes a person until its last millisecond, once', async () => {
  const [early, late] = [await challengeFor('ann@example.com'), await challengeFor('ben@example.com')];
  clock.pass(otpPolicy.challengeLifetime - 1);
  expect(await create(0, 'ann', early)).toEqual({ ok: true });
  expect(await create(1, 'annette', early)).toEqual({ ok: false, conflict: 'challenge' });
  clock.pass(1);
  expect(await create(0, 'ben', late)).toEqual({ ok: false, conflict: 'challenge' });
  expect(await people()).toBe(1);
});

test('a name that rests is nobody’s, and then one person’s of fifty', async () => {
  const until = new Date(clock.now().getTime() + days(90));
  await stores.sql('INSERT INTO "UsernameQuarantine" VALUES ($1, $2)', ['ann', until]);
  await stores.sql('INSERT INTO "UsernameSkeleton" VALUES ($1, $2)', ['ann', until]);
  clock.pass(days(90) - 1);
  const challenges = await challengesFor((n) => `ann${n}@example.com`);
  expect(await create(0, 'ann', challenges[0]!)).toEqual({ ok: false, conflict: 'username' });
  expect(await create(1, 'an.n', challenges[1]!)).toEqual({ ok: false, conflict: 'username' });
  clock.pass(1);
  const all = await atOnce(50, (n) => create(n, n % 2 ? 'ann' : 'an.n', challenges[n]!));
  expect(outcomes(all)).toEqual({ joined: 1, username: 49 });
});

describe('passwords', () => {
  test('of fifty changes under one security version one is made', async () => {
    const ann = await join();
    const all = await atOnce(50, (n) =>
      passwords(n).changePassword(ann, hash(n), event('password_changed', ann.id)),
    );
    const made = all.findIndex((version) => version !== null);
    expect(tally(all.map(String))).toEqual({ 1: 1, null: 49 });
    expect(await rowOf(ann.id)).toMatchObject({
      passwordHash: hash(made),
      securityVersion: 1,
      recoveryVersion: 0,
    });
    expect(await timesOf('password_changed')).toBe(1);
    expect(await accounts(1).member(ann.id, 0, clock.now())).toBeNull();
  });

  test('of fifty resets by one proof one is made, whatever sessions change meanwhile', async () => {
    const ann = await join();
    const challenge = { ...ann, contactKey: 'ann@example.com' };
    const all = await atOnce(50, async (n) => {
      if (n % 5 === 4) return passwords(n).changePassword(ann, hash(99), event('password_changed', ann.id));
      return passwords(n).resetPassword(challenge, hash(n), event('password_reset', ann.id));
    });
    const resets = all.filter((_, n) => n % 5 !== 4);
    const made = all.findIndex((one) => one !== null && typeof one === 'object');
    expect(resets.filter((one) => one !== null)).toHaveLength(1);
    expect((await rowOf(ann.id))!.passwordHash).toBe(hash(made));
    expect(await timesOf('password_reset')).toBe(1);
  });

  test('a contact that is gone resets nothing, nor does a person past the end', async () => {
    const ann = await join();
    const reset = (contactKey: string | null) =>
      passwords(0).resetPassword({ ...ann, contactKey }, hash(1), event('password_reset', ann.id));
    expect(await reset('old@example.com')).toBeNull();
    const end = new Date(clock.now().getTime() + days(14));
    await stores.sql('UPDATE "User" SET "leavingAt" = $1, "purgeAt" = $2', [clock.now(), end]);
    clock.pass(days(14));
    expect(await reset('ann@example.com')).toBeNull();
    clock.pass(-1);
    expect(await reset('ann@example.com')).toMatchObject({ securityVersion: 1 });
  });

  test('a hash is renewed unless the password was changed meanwhile', async () => {
    const ann = await join();
    await atOnce(50, (n) => passwords(n).rehash(ann.id, hash(''), hash(n)));
    const renewed = (await rowOf(ann.id))!.passwordHash;
    expect(renewed).not.toBe(hash(''));
    await atOnce<unknown>(50, (n) =>
      n === 25
        ? passwords(n).changePassword(ann, hash('new'), event('password_changed', ann.id))
        : passwords(n).rehash(ann.id, renewed, hash('old')),
    );
    expect((await rowOf(ann.id))!.passwordHash).toBe(hash('new'));
  });
});
