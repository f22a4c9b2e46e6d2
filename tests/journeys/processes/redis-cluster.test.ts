import { afterAll, expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { right, wrong } from '../../support/devices.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { openInRedisCluster } from '../../support/own-stores.ts';
import { drawn } from '../../support/pictures.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { settled } from '../../support/security.ts';
import { settled as pictured, upload } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';

/** A Redis Cluster places keys by slots, and refuses what touches several of them at once. */
const cluster = await openInRedisCluster({ env: { METRICS_PORT: '1' } });
afterAll(() => cluster.close());
const { house } = cluster;
const { redis } = house.stores;
/** A /64 and its /48 are counted each. */
const inIpv6 = (n: number) => visitor(house, { ip: `2001:db8:7:${n}::1` });

test('the store refuses what touches keys of different slots', async () => {
  await expect(redis.mget('one', 'two')).rejects.toThrow('CROSSSLOT');
  await expect(redis.eval('return redis.call("DEL", KEYS[1], KEYS[2])', 2, 'one', 'two')).rejects.toThrow(
    'CROSSSLOT',
  );
  expect(await redis.call('CLUSTER', 'KEYSLOT', 'sess:one')).toBe(
    await redis.call('CLUSTER', 'KEYSLOT', 'ended:{sess:one}'),
  );
});

test('people join by email and mobile, and sign in and out', async () => {
  const [ann, ben] = [inIpv6(1), inIpv6(2)];
  const { email } = await ann.join();
  const mobile = newMobile();
  await ben.join(byMobile(mobile));
  for (const who of [ann, ben]) expect((await who.get('/profile')).status).toBe(200);
  expect((await ann.post('/logout')).status).toBe(303);
  expect((await ann.post('/logout')).status).toBeLessThan(400);

  const tries = await repeatedly(6, (n) => inIpv6(100 + n).signIn(email, wrong));
  expect(tries.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429]);
  expect(tries[5]!.header('retry-after')).toBe('60');
  expect((await ann.signIn(email, right)).redirectedTo).toBe('/people');
  expect((await inIpv6(3).signIn(mobile, right)).redirectedTo).toBe('/people');
});

test('a forgotten password is set anew, and a contact changed', async () => {
  const ann = inIpv6(4);
  const { email } = await ann.join();
  await settled(house);
  house.clock.pass(days(1));
  const back = await granted(house, email, email, inIpv6(5));
  expect((await setPassword(back)).redirectedTo).toBe('/login');
  expect((await ann.signIn(email, another)).redirectedTo).toBe('/people');

  const mobile = newMobile();
  const fields = { mobileCountry: 'DE', mobile, currentPassword: another };
  expect((await ann.post('/settings/contact/mobile', fields)).redirectedTo).toBe('/settings/contact/code');
  const code = await house.outbox.nextCode(mobile);
  expect((await ann.post('/settings/contact/code', { code })).redirectedTo).toBe('/settings/contact');
});

test('sessions are listed and ended, pictures made, copies packed', async () => {
  const [ann, phone] = [inIpv6(6), inIpv6(7)];
  const { username } = await ann.join();
  await phone.signIn(username, right);
  expect(
    (await ann.get('/settings/security')).html.match(/\/settings\/sessions\/[\w-]+\/revoke"/g),
  ).toHaveLength(1);
  await ann.post('/settings/sessions/revoke-others', { currentPassword: right });
  expect((await phone.get('/profile')).redirectedTo).toMatch(/^\/login/);

  await ann.get('/settings/avatar');
  await upload(ann, 'avatar', await drawn(300, 300).jpeg().toBuffer());
  expect((await pictured(house, username)).map(({ state }) => state)).toEqual(['ready']);

  await ann.post('/settings/account/export', { currentPassword: right });
  await eventually(async () => (await ann.get('/settings/account/export.json')).status === 200, 'the copy');
  expect((await ann.post('/settings/account/delete', { currentPassword: right })).status).toBe(303);
});

test('jobs come by the clock, and numbers are read', async () => {
  await clean(house);
  expect(await redis.zcard('bull:{cleanup}:repeat')).toBe(1);
  const numbers = await house.house.metrics!.metrics();
  for (const queue of ['messages', 'security', 'pictures', 'exports']) {
    expect(numbers).toMatch(new RegExp(`queue_${queue}_waiting\\S* 0`));
    expect(numbers).toMatch(new RegExp(`queue_${queue}_oldest_seconds\\S* 0`));
  }
});

test('nothing was refused meanwhile', () => {
  expect(house.logged.filter((line) => /CROSSSLOT|same slot/.test(line))).toEqual([]);
});
