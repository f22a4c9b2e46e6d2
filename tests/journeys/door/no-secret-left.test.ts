import { beforeAll, expect, test } from '@jest/globals';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { type Used, walkEverywhere } from '../../support/long-walk.ts';
import { Traces, disguises, secretsSent } from '../../support/secrets.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ jobs: false });
let used: Used;
beforeAll(async () => {
  used = await walkEverywhere(house);
}, 120_000);

test('no table, no Redis key, no job and no log line ever held a code or a password, in whatever disguise', () => {
  const { codes } = secretsSent(house);
  expect(new Set(codes).size).toBeGreaterThanOrEqual(13);
  expect(used.passwords.length).toBeGreaterThanOrEqual(14);
  expect(used.traces.find([...codes, ...used.passwords].flatMap(disguises))).toEqual([]);
});

test('none of them ever held the token of a link or what makes a device known', () => {
  const { tokens } = secretsSent(house);
  expect(tokens.length).toBeGreaterThanOrEqual(1);
  expect(used.devices.size).toBeGreaterThanOrEqual(10);
  expect(used.traces.find([...tokens, ...used.devices])).toEqual([]);
});

test('session ids are keys of Redis, and stand nowhere else', () => {
  expect(used.sessionIds.size).toBeGreaterThanOrEqual(15);
  expect(used.traces.find(used.sessionIds, ['postgres', 'jobs', 'logs'])).toEqual([]);
  expect(used.traces.find(used.sessionIds, ['redis'])).not.toEqual([]);
});

test('no log line and no job holds an address or a number in full', () => {
  const national = used.contacts.map((contact) => contact.replace(/^\+49/, ''));
  expect(used.traces.find([...used.contacts, ...national], ['logs', 'jobs'])).toEqual([]);
});

test('the history and the jobs tell no address of a network, not even by a hash that anybody can make', () => {
  const history = used.traces.linesIn('postgres').filter(({ line }) => line.startsWith('"SecurityEvent"'));
  expect(history.length).toBeGreaterThanOrEqual(15);
  const networks = [...used.ips].map((ip) => `${ip.split('.').slice(0, 3).join('.')}.0/24`);
  const places = [...used.ips, ...networks].flatMap(disguises);
  const lines = [...history, ...used.traces.linesIn('jobs')].map(({ line }) => line);
  // Some hashes are kept cut short.
  const starts = places.map((text) => text.slice(0, 22));
  expect(lines.filter((line) => starts.some((start) => line.includes(start)))).toEqual([]);
});

test('an error that quotes what somebody typed is logged without it', async () => {
  await house.stores.sql(`CREATE FUNCTION complain() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no room for %', NEW."destination" USING DETAIL = 'Code: 204711'; END $$`);
  await house.stores.sql(
    'CREATE TRIGGER "complain" BEFORE INSERT ON "RegistrationOtp" FOR EACH ROW EXECUTE FUNCTION complain()',
  );
  const { page, person } = await visitor(house).startSignUp();
  await house.stores.sql('DROP TRIGGER "complain" ON "RegistrationOtp"');
  expect(page.status).toBe(500);
  const lines = house.logged.filter((line) => line.includes('no room for'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain(person.email);
  expect(lines[0]).not.toContain('204711');
});

test('the search finds what is there: in every kind of value, in jobs, tables and lines, plain and disguised', async () => {
  const secret = 'a-planted-password';
  const [, hex, base64] = disguises(secret);
  const sha256 = disguises(secret).find((text) => /^[0-9a-f]{64}$/.test(text))!;
  const { redis } = house.stores;
  await redis.set('planted:text', 'x 493817 y');
  await redis.hset('planted:hash', 'field', `x${hex}`);
  await redis.rpush('planted:list', `"${base64}="`);
  await redis.sadd('planted:set', sha256);
  await redis.zadd('planted:sorted', 1, secret);
  await redis.xadd('planted:stream', '*', 'field', secret);
  await redis.set(`planted:${secret}`, '');
  const queue = openQueue<object>('planted', redis, { tries: 1, backoff: 0 });
  await queue.add('one', { code: '493817' });
  await queue.close();
  await house.stores.sql(`CREATE TABLE "Planted" AS SELECT '493817' AS "code", now() AS "at"`);
  house.logged.push('{"msg":"the code is 493817"}');
  const traces = new Traces(house);
  await traces.look('planting');
  await house.stores.sql('DROP TABLE "Planted"');

  const found = traces.find(['493817', ...disguises(secret)]).join('\n');
  for (const kind of ['text', 'hash', 'list', 'set', 'sorted', 'stream', secret])
    expect(found).toContain(` planted:${kind} `);
  for (const place of ['bull:{planted}:one', '"Planted" (493817', 'the code is 493817'])
    expect(found).toContain(place);
  expect(traces.find(['493818', ...disguises('another-password')])).toEqual([]);
});
