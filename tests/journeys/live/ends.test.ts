import { expect, test } from '@jest/globals';
import { houseOfThisFile, openTestHouse, withAnother } from '../../support/house.ts';
import type { Member } from '../../support/live/sockets.ts';
import { planted } from '../../support/live/planted.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { livePolicy } from '../../../src/live/policy.ts';

const options = { replaced: { features: planted } };
const house = await houseOfThisFile(options);
const { open, member } = socketsOf(house);

async function elsewhere(ann: Member) {
  const other = ann.who.another();
  expect((await other.signIn(ann.username, ann.password)).status).toBe(303);
  return other;
}

/** Milliseconds in which sockets are closed at every process. */
const AT_ONCE = 1_000;

test.each<[string, (ann: Member) => Promise<unknown>]>([
  ['revoking others', ({ who }) => who.post('/settings/sessions/revoke-others')],
  [
    'a new password',
    ({ who, password }) =>
      who.post('/settings/password', {
        currentPassword: password,
        password: 'another-lantern-43',
        passwordConfirmation: 'another-lantern-43',
      }),
  ],
  [
    'deleting the account',
    ({ who, password }) =>
      who.post('/settings/account/delete', { currentPassword: password, messages: 'erase' }),
  ],
])('%s closes sockets of other sessions at every process at once', async (_, end) => {
  await withAnother(house, options, async (second) => {
    const [ann, ben] = [await member(), await member()];
    const browser = await elsewhere(ann);
    const theirs = [await open(browser), await open(browser, second)];
    const bens = await open(ben.who, second);
    const closed = Promise.all(theirs.map((socket) => socket.closed()));
    await end(ann);
    const since = performance.now();
    expect(await closed).toEqual(['signed-out', 'signed-out']);
    expect(performance.now() - since).toBeLessThan(AT_ONCE);
    expect((await bens.act('trial.seldom')).ok).toBe(true);
  });
});

test.each([
  ['a security version', `"securityVersion" = "securityVersion" + 1`],
  ['a ban', `"bannedAt" = now()`],
  ['a suspension', `"suspendedUntil" = '2999-01-01'`],
  ['the end of an account', `"leavingAt" = '2000-01-01', "purgeAt" = '2000-01-02'`],
])('%s that nobody told of is found', async (_, change) => {
  const [ann, ben] = [await member(), await member()];
  const [anns, bens] = [await open(ann.who), await open(ben.who)];
  await house.stores.sql(`UPDATE "User" SET ${change} WHERE "id" = $1`, [ann.id]);
  await house.house.sockets.check();
  expect(await anns.closed()).toBe('signed-out');
  expect((await bens.act('trial.seldom')).ok).toBe(true);
});

test('a session that is no longer there is found, by the timer', async () => {
  const { who } = await member();
  const socket = await open(who);
  await house.stores.redis.del(`sess:${/^s%3A([\w-]+)\./.exec(who.sessionCookie!)![1]}`);
  const since = performance.now();
  expect(await socket.closed()).toBe('signed-out');
  expect(performance.now() - since).toBeLessThan(livePolicy.checkEvery + 1_500);
});

test('after a sign-out nothing more is done for that socket, whatever is on its way', async () => {
  const { who } = await member();
  const socket = await open(who);
  const out = who.post('/logout');
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => socket.act('trial.say', { text: 'late', to: '' }).catch(() => null)),
  );
  await out;
  await socket.closed();
  const bye = socket.heard.findIndex(({ event }) => event === 'bye');
  expect(socket.heard.slice(bye + 1)).toEqual([]);
  expect(answers.filter((answer) => answer !== null && !answer.ok)).toEqual([]);
});

test('a house that closes says so, each at another moment, and is done soon', async () => {
  const second = await openTestHouse({ ...options, jobs: false, beside: house });
  const sockets = [];
  for (let n = 0; n < 10; n++) sockets.push(await open((await member()).who, second));
  const since = performance.now();
  await second.close();
  expect(performance.now() - since).toBeLessThan(5_000);
  const moments = new Set<unknown>();
  for (const socket of sockets) {
    expect(await socket.closed()).toBe('restart');
    const bye = socket.heard.find(({ event }) => event === 'bye')!;
    expect(bye.data.comeBackInMs).toBeLessThan(livePolicy.comeBackWithin);
    moments.add(bye.data.comeBackInMs);
  }
  expect(moments.size).toBeGreaterThan(5);
});
