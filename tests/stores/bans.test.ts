import { describe, expect, test } from '@jest/globals';
import { createBannedTraces } from '../../src/features/auth/bans/banned-traces.service.ts';
import { createBannedTraceStore } from '../../src/features/auth/bans/banned-traces.store.ts';
import { createChallengeStore } from '../../src/features/auth/codes/challenge.store.ts';
import type { Challenge } from '../../src/features/auth/codes/challenge.ts';
import { createDevices } from '../../src/features/auth/devices/devices.ts';
import { devicePolicy } from '../../src/features/auth/policy.ts';
import { type Created, createSignUpStore } from '../../src/features/auth/sign-up/sign-up.store.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import { whileHeld } from '../support/locks.ts';
import { tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { event, join, newId } = membersOf(nodes);
const hmac = deriveHmac('secret', 'banned');
const devices = createDevices(deriveHmac('secret', 'device'), systemRandom);
const traces = of(({ db }) => createBannedTraceStore(db));
const bans = of(({ db }) =>
  createBannedTraces({ store: createBannedTraceStore(db), hmac, clock, wake: async () => {} }),
);
const signUps = of(({ db }) => createSignUpStore(db));
const challenges = of(({ db }) => createChallengeStore(db, 'sign-up'));

async function challengeFor(email: string): Promise<Challenge> {
  const sent = { keyId: 'k1', reference: 'KFR', decoy: false, channel: 'email' as const };
  const begun = await challenges(0).begin(
    { id: newId(), ...sent, destination: email, destinationKey: email },
    clock.now(),
  );
  if ('spent' in begun) throw new Error('the budget was spent');
  return begun;
}

/** Somebody who types the right code, in a browser with this cookie. */
function create(n: number, name: string, challenge: Challenge, deviceCookie: string): Promise<Created> {
  const id = newId();
  const account = {
    id,
    username: name,
    usernameKey: name,
    passwordHash: '$argon2id$',
    dateOfBirth: new Date('1990-01-01'),
    country: 'DE',
    locale: 'en',
    native: 'de',
    learning: ['en'],
  };
  return signUps(n).createVerified(account, challenge, event('joined', id), {
    joining: bans(n).joiningWith(challenge.destinationKey, { deviceCookie, barredId: null }),
    device: bans(n).ownDevice(devices.remember(deviceCookie, { id, securityVersion: 0 }, clock.now())),
  });
}

/** Signed in on so many browsers; the cookie of each. */
async function signedIn(person: Viewer, times = 1): Promise<string[]> {
  const cookies = Array.from({ length: times }, () => devices.remember('', person, clock.now()));
  for (const [n, cookie] of cookies.entries()) {
    clock.pass(1);
    await bans(n).noteDevice(person, cookie);
  }
  return cookies;
}
const ban = (n: number, { id }: Viewer, caseId = newId(), decisionId = newId()) =>
  bans(n).ban({ id, emailKey: 'mika@example.com', phone: null }, { caseId, decisionId });
const hashesOf = async (table: string): Promise<string[]> =>
  (await stores.sql<{ hash: string }>(`SELECT "hash" FROM "${table}"`)).map(({ hash }) => hash);

describe('a ban and a sign-up that is finished at the same moment, on two nodes', () => {
  test('a ban waits for whoever is joining before it', async () => {
    const mika = await join('mika');
    const [cookie] = await signedIn(mika);
    const challenge = await challengeFor('new@example.com');
    const ended: string[] = [];
    const hold = `SELECT FROM "RegistrationOtp" WHERE "id" = '${challenge.id}' FOR UPDATE`;
    let all: Promise<unknown>[] = [];
    await whileHeld({ stores }, hold, async (waiting) => {
      const joining = create(0, 'kim', challenge, cookie!).then(({ ok }) => ended.push(`joined ${ok}`));
      await waiting();
      const banning = ban(1, mika).then(() => ended.push('banned'));
      await waiting(2);
      all = [joining, banning];
    });
    await Promise.all(all);
    // Both have waited; which of two connections is heard first afterwards, says nothing.
    expect(ended.toSorted()).toEqual(['banned', 'joined true']);
  });

  test('whoever is joining waits for a ban before it, and does not join', async () => {
    const mika = await join('mika');
    const [cookie] = await signedIn(mika);
    const challenge = await challengeFor('new@example.com');
    const caseId = newId();
    let all: Promise<unknown>[] = [];
    await whileHeld({ stores }, 'LOCK TABLE "KnownDevice" IN ACCESS EXCLUSIVE MODE', async (waiting) => {
      const banning = ban(1, mika, caseId);
      await waiting();
      const joining = create(0, 'kim', challenge, '');
      const onDevice = create(0, 'lee', await challengeFor('other@example.com'), cookie!);
      await waiting(3);
      all = [banning, joining, onDevice];
    });
    const [, joined, onDevice] = await Promise.all(all);
    expect(joined).toEqual({ ok: true });
    expect(onDevice).toEqual({
      ok: false,
      conflict: 'returned',
      returned: { caseId, personId: null },
    });
  });

  test('a browser that signs in at the moment of the ban is known by it, in fifty tries', async () => {
    const mika = await join('mika');
    const cookies = Array.from({ length: 49 }, () => devices.remember('', mika, clock.now()));
    await atOnce(50, (n) => (n === 25 ? ban(n, mika) : bans(n).noteDevice(mika, cookies[n % 49]!)));
    const known = await hashesOf('BannedTrace');
    for (const hash of await hashesOf('KnownDevice')) expect(known).toContain(hash);
  });

  test('fifty at once with what a banned person had are nobody', async () => {
    const mika = await join('mika');
    const [cookie] = await signedIn(mika);
    const all: Challenge[] = [];
    for (let n = 0; n < 50; n++) all.push(await challengeFor(`new${n}@example.com`));
    await ban(0, mika);
    const made = await atOnce(50, (n) => create(n, `kim${n}x`, all[n]!, cookie!));
    expect(tally(made.map((one) => (one.ok ? 'joined' : one.conflict)))).toEqual({ returned: 50 });
    expect(await stores.sql('SELECT FROM "RegistrationOtp" WHERE "consumedAt" IS NOT NULL')).toEqual([]);
  });
});

test('of the browsers of a person the newest fifty are known, for as long as their cookie may last', async () => {
  const mika = await join('mika');
  const cookies = await signedIn(mika, devicePolicy.remembered + 1);
  const newest = cookies.slice(1).map((cookie) => bans(0).ownDevice(cookie));
  expect(new Set(await hashesOf('KnownDevice'))).toEqual(new Set(newest));
  clock.pass(devicePolicy.lifetime - 1);
  await bans(0).noteDevice(mika, cookies[1]!);
  clock.pass(1);
  await Promise.all([traces(0).pruneDevices(clock.now()), traces(1).pruneDevices(clock.now())]);
  expect(await hashesOf('KnownDevice')).toEqual([newest[0]]);
});

test('a trace of two bans stays as long as the later one', async () => {
  const mika = await join('mika');
  const [first, second] = [newId(), newId()];
  await ban(0, mika, first);
  clock.pass(86_400_000);
  await ban(0, mika, second);
  clock.pass(364 * 86_400_000);
  await traces(0).prune(clock.now());
  const cases = await stores.sql('SELECT DISTINCT "caseId" FROM "BannedTrace"');
  expect(cases).toEqual([{ caseId: second }]);
});

test('of two bans in one case each is lifted by itself, and given back with all that it remembered', async () => {
  const mika = await join('mika');
  const [cookie] = await signedIn(mika);
  const [caseId, one, other] = [newId(), newId(), newId()];
  const isKept = () => bans(0).isBanned('mika@example.com');
  await bans(0).ban({ id: mika.id, emailKey: 'old@example.com', phone: null }, { caseId, decisionId: one });
  await ban(0, mika, caseId, other);
  await bans(0).lift(one);
  expect([await bans(0).isBanned('old@example.com'), await isKept()]).toEqual([false, true]);
  await bans(1).lift(other);
  expect(await isKept()).toBe(false);
  const [later] = await signedIn(mika);
  // The address of before is nowhere by now but here.
  await ban(1, mika, caseId, one);
  expect([await bans(0).isBanned('old@example.com'), await isKept()]).toEqual([true, true]);
  for (const device of [cookie!, later!])
    expect(await create(0, 'kim', await challengeFor(`${newId()}@example.com`), device)).toMatchObject({
      ok: false,
    });
  clock.pass(3_600_000);
  await traces(0).prune(clock.now());
  expect(await stores.sql('SELECT DISTINCT "decisionId" FROM "BannedTrace"')).toEqual([{ decisionId: one }]);
});
