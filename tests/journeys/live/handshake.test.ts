import { request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { livePolicy } from '../../../src/live/policy.ts';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { livePath, upgrade, type Upgraded } from '../../support/live/upgrade.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { open, member } = socketsOf(house);
const streams: Upgraded[] = [];
afterEach(() => {
  for (const { stream } of streams.splice(0)) stream?.destroy();
});
const tried: typeof upgrade = async (...asked) => {
  const upgraded = await upgrade(...asked);
  streams.push(upgraded);
  return upgraded;
};

test('a member with our origin comes in, and nothing is stored or given for it', async () => {
  const { who } = await member();
  const key = `sess:${/^s%3A([\w-]+)\./.exec(who.sessionCookie!)![1]}`;
  const before = await house.stores.redis.get(key);
  house.clock.pass(120_000);
  expect(await tried(who, house)).toMatchObject({ status: 101, cookies: [] });
  expect(await house.stores.redis.get(key)).toBe(before);
});

test.each([
  ['of another site', { Origin: 'https://evil.example' }],
  ['of a sandboxed page', { Origin: 'null' }],
  ['that only begins like ours', { Origin: 'http://chatlink.test.evil.example' }],
  ['of our host by another scheme', { Origin: 'https://chatlink.test' }],
  ['missing', { Origin: null }],
  ['empty', { Origin: '' }],
])('an origin is refused that is %s', async (_, headers) => {
  const { who } = await member();
  expect(await tried(who, house, { headers })).toMatchObject({ status: 403, cookies: [] });
});

test('another host is refused', async () => {
  const { who } = await member();
  expect((await tried(who, house, { headers: { Host: 'evil.example' } })).status).toBe(421);
});

test('without a cookie, with one of nobody or of a visitor, nobody comes in and no session begins', async () => {
  const sessions = async () => (await house.stores.redis.keys('sess:*')).length;
  const stranger = visitor(house);
  await stranger.get('/login');
  const before = await sessions();
  expect(await tried(stranger, house)).toMatchObject({ status: 401, cookies: [] });
  expect(await tried(visitor(house), house)).toMatchObject({ status: 401, cookies: [] });
  for (const Cookie of ['sid=', 'sid=s%3Aabc.def', 'sid=%%%', `sid=${'a'.repeat(5_000)}`])
    expect(await tried(visitor(house), house, { headers: { Cookie } })).toMatchObject({ status: 401 });
  expect(await sessions()).toBe(before);
});

test('the cookie of a session that ended opens nothing', async () => {
  const { who } = await member();
  const Cookie = `sid=${who.sessionCookie}`;
  await who.post('/logout');
  expect((await tried(who, house, { headers: { Cookie } })).status).toBe(401);
});

test.each([
  ['with an older security version', `"securityVersion" = "securityVersion" + 1`],
  ['of somebody who is banned', `"bannedAt" = now()`],
  ['of somebody who is suspended', `"suspendedUntil" = '2999-01-01'`],
  ['of somebody who is gone', `"leavingAt" = '2000-01-01', "purgeAt" = '2000-01-02'`],
])('a session opens nothing %s', async (_, change) => {
  const { who, id } = await member();
  await house.stores.sql(`UPDATE "User" SET ${change} WHERE "id" = $1`, [id]);
  expect((await tried(who, house)).status).toBe(401);
});

test.each([
  ['polling', '/live/?EIO=4&transport=polling'],
  ['no transport', '/live/?EIO=4'],
  ["somebody else's id", `${livePath}&sid=AAAAAAAAAAAAAAAAAAAA`],
])('%s is refused in a handshake', async (_, path) => {
  const { who } = await member();
  expect((await tried(who, house, { path })).status).toBe(400);
});

test('there is nothing to poll, no script of the library, and no other upgrade', async () => {
  const { who } = await member();
  expect((await who.get('/live/?EIO=4&transport=polling')).status).toBe(404);
  expect((await who.post('/live/?EIO=4&transport=polling')).status).toBe(404);
  expect((await who.get('/live/socket.io.js')).status).toBe(404);
  expect((await tried(who, house, { path: '/profile' })).status).toBe(404);
});

test('who would rather speak HTTP/2 gets the page', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = {
      Host: house.host,
      Connection: 'Upgrade, HTTP2-Settings',
      Upgrade: 'h2c',
      'HTTP2-Settings': '',
    };
    const asked = request({
      port: portOf(house),
      path: '/login',
      headers: { ...headers, 'X-Forwarded-For': '10.1.1.1' },
    });
    asked.once('response', (res) => resolve(res.resume().statusCode));
    asked.once('error', reject);
    asked.end();
  });
  expect(status).toBe(200);
});

test(`a person has ${livePolicy.mostOfPerson} sockets, and another one when one has gone`, async () => {
  const { who } = await member();
  const sockets = await Promise.all(Array.from({ length: livePolicy.mostOfPerson }, () => open(who)));
  expect(await tried(who, house)).toMatchObject({ status: 429, retryAfter: '60' });
  await sockets[0]!.close();
  expect((await tried(who, house)).status).toBe(101);
});

test(`an address has ${livePolicy.mostOfAddress} sockets`, async () => {
  const headers = { 'X-Forwarded-For': '192.0.2.7' };
  let left: number = livePolicy.mostOfAddress;
  while (left > 0) {
    const { who } = await member();
    const some = Math.min(livePolicy.mostOfPerson, left);
    const all = await Promise.all(Array.from({ length: some }, () => tried(who, house, { headers })));
    expect(all.filter(({ status }) => status === 101)).toHaveLength(some);
    left -= some;
  }
  const { who } = await member();
  expect((await tried(who, house, { headers })).status).toBe(429);
  expect((await tried(who, house)).status).toBe(101);
});

test('a handshake that is never ended is cut off', async () => {
  const { who } = await member();
  const { stream } = await tried(who, house);
  const since = performance.now();
  stream!.resume();
  await new Promise((resolve) => stream!.once('close', resolve));
  expect(performance.now() - since).toBeLessThan(livePolicy.connectWithin + 2_000);
});
