import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let names = 0;
function fail(ip: string) {
  return visitor(house, { ip }).signIn(`someone_${++names}`, 'wrong-password');
}
/** So many failed sign-ins, each of another name, from these addresses. */
async function failuresFrom(count: number, ip: (n: number) => string) {
  return statuses(await repeatedly(count, (n) => fail(ip(n))));
}

test.each<[string, (n: number) => string]>([
  ['with a port', (n) => `198.51.100.1:${40_000 + n}`],
  ['quoted, with a port', (n) => `"198.51.100.2:${40_000 + n}"`],
  ['in IPv6', (n) => ['::ffff:198.51.100.3', '[::ffff:c633:6403]:80', '64:ff9b::198.51.100.3'][n % 3]!],
  ['of IPv6 with a port', (n) => `[2001:db8:a:1::${n}]:${40_000 + n}`],
  ['of IPv6 in brackets', (n) => `"[2001:db8:a:2::${n}]"`],
])('one client %s is counted as one', async (_, ip) => {
  expect(await failuresFrom(31, ip)).toEqual({ 422: 30, 429: 1 });
});

test('a /48 of IPv6 has ten times what one of its networks has, in parallel too, and until the window ends', async () => {
  const ip = (n: number) => `2001:db8:b:${n.toString(16)}::1`;
  await fillLimit(house, 'failed-sign-ins:2001:db8:b::/48', 290);
  expect(statuses(await together(20, (n) => fail(ip(n))))).toEqual({ 422: 10, 429: 10 });
  expect((await fail('2001:db8:c:1::1')).status).toBe(422);
  house.clock.pass(minutes(10) - 1);
  expect((await fail(ip(1_000))).status).toBe(429);
  house.clock.pass(1);
  expect((await fail(ip(1_000))).status).toBe(422);
});

test.each(['unknown', '_hidden', '198.51.100', '2001:db8::1::2'])(
  'what comes from %s is refused, page and form, and counts nowhere',
  async (ip) => {
    const somebody = visitor(house, { ip });
    expect((await somebody.get('/login')).status).toBe(400);
    expect((await somebody.signIn('someone', 'wrong-password')).status).toBe(400);
    expect(await house.stores.redis.keys(`limit:*:${ip}`)).toEqual([]);
    // Nobody's business but the machine's that asks.
    expect((await somebody.get('/health/ready')).status).toBe(200);
  },
);

test('the history knows a network again, however its address is written', async () => {
  const ann = visitor(house, { ip: '198.51.100.77' });
  const { username, password } = await ann.join();
  await visitor(house, { ip: '198.51.100.78:4711' }).signIn(username, password);
  await visitor(house, { ip: '[::ffff:198.51.100.79]:4711' }).signIn(username, password);
  const rows = await house.stores.sql<{ network: string }>(
    `SELECT DISTINCT "network" FROM "SecurityEvent" WHERE "network" IS NOT NULL
     AND "userId" = (SELECT "id" FROM "User" WHERE "usernameKey" = $1)`,
    [username],
  );
  expect(rows).toHaveLength(1);
});

test('without proxies nothing that a client writes is looked at', async () => {
  await withAnother(house, { env: { TRUSTED_PROXY_HOPS: '0' } }, async (bare) => {
    expect((await visitor(bare, { ip: 'unknown' }).get('/login')).status).toBe(200);
  });
});
