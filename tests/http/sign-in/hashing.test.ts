import { hash } from '@node-rs/argon2';
import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { throttleKey } from '../../support/limits.ts';
import { statuses, together } from '../../support/many.ts';
import { newPerson, visitor, type Visitor } from '../../support/visitor.ts';
import type { TestHouse } from '../../support/house.ts';

const house = await houseOfThisFile();
const narrow = { replaced: { hashQueue: { concurrency: 1, waiting: 1 } } };
const closed = { replaced: { hashQueue: { concurrency: 0, waiting: 0 } } };

const ready = (at: TestHouse, count: number): Promise<Visitor[]> =>
  together(count, async () => {
    const who = visitor(at);
    await who.token();
    return who;
  });

test('when too many sign in at once, those beyond the queue hear 503 and when to come back', async () => {
  await withAnother(house, narrow, async (busy) => {
    const visitors = await ready(busy, 20);
    const pages = await Promise.all(visitors.map((who, n) => who.signIn(`crowd_${n}`, 'wrong-password')));
    const counts = statuses(pages);
    expect(Object.keys(counts).sort()).toEqual(['422', '503']);
    expect(counts['422']).toBeGreaterThanOrEqual(2);
    const turnedAway = pages.find((page) => page.status === 503);
    expect(Number(turnedAway?.header('retry-after'))).toBeGreaterThan(0);
    expect(turnedAway?.html).toContain('Very many people are signing in right now.');
  });
});

test('being turned away costs neither the identifier nor the network an attempt', async () => {
  await withAnother(house, closed, async (full) => {
    const who = visitor(full, { ip: '203.0.113.60' });
    for (let n = 0; n < 8; n++) expect((await who.signIn('patient_one', 'whatever-it-is')).status).toBe(503);
  });
  const counted = await house.stores.redis.hget(throttleKey('username:patient_one'), 'failures');
  expect(Number(counted ?? 0)).toBe(0);
  expect(await house.stores.redis.zcard('limit:failed-sign-ins:203.0.113.60')).toBe(0);
});

test('a full queue leaves every other page quick, and sign-up says the same', async () => {
  await withAnother(house, closed, async (full) => {
    const who = visitor(full);
    expect((await who.get('/')).status).toBe(200);
    expect((await who.get('/sign-up')).status).toBe(200);
    const person = newPerson();
    const page = await who.post('/sign-up', person);
    expect([page.status, Number(page.header('retry-after')) > 0]).toEqual([503, true]);
    // The same form goes through where there is room.
    expect((await who.at(house).post('/sign-up', person)).redirectedTo).toBe('/sign-up/code');
  });
});

test('a form that 503 turned away has sent nothing and used up nothing', async () => {
  await withAnother(house, closed, async (full) => {
    const who = visitor(full, { ip: '203.0.113.61' });
    const person = newPerson();
    await who.post('/sign-up', person);
    const rows = await house.stores.sql('SELECT FROM "RegistrationOtp" WHERE "destination" = $1', [
      person.email,
    ]);
    expect(rows).toHaveLength(0);
    expect(await house.stores.redis.zcard('limit:sends:203.0.113.61')).toBe(0);
  });
});

test('an unknown identifier stands in line for a hash as a known one does', async () => {
  const { username } = await visitor(house).signUp();
  await withAnother(house, closed, async (full) => {
    for (const identifier of [username, 'nobody_knows_me', 'nobody@example.com', '+4915120000001', '???'])
      expect((await visitor(full).signIn(identifier, 'x')).status).toBe(503);
  });
});

test('a hash with outdated parameters is replaced at the next sign-in, and only then', async () => {
  const { username, password } = await visitor(house).signUp();
  const stored = async () =>
    (await house.stores.sql('SELECT "passwordHash" FROM "User" WHERE "username" = $1', [username]))[0]!
      .passwordHash as string;
  const today = await stored();
  await visitor(house).signIn(username, password);
  expect(await stored()).toBe(today);

  const weaker = await hash(password, { algorithm: 2, memoryCost: 4_096, timeCost: 1, parallelism: 1 });
  await house.stores.sql('UPDATE "User" SET "passwordHash" = $2 WHERE "username" = $1', [username, weaker]);
  expect((await visitor(house).signIn(username, 'wrong-password')).status).toBe(422);
  expect(await stored()).toBe(weaker);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
  expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});

test('a password beyond 512 bytes is wrong, whoever it is for', async () => {
  const { username } = await visitor(house).signUp();
  const page = await visitor(house).signIn(username, 'lantern-tandem-42'.padEnd(513, ' '));
  expect(page.status).toBe(422);
});
