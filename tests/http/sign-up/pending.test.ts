import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import {
  challengeOf,
  joining,
  peopleCalled,
  resend,
  sessionsOf,
  typeCode,
  wrongCode,
} from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('nobody is written down before the code was right', async () => {
  const { ann, person, code } = await joining(house);
  await resend(ann);
  await typeCode(ann, wrongCode(code, 3));
  const rows = await house.stores.sql('SELECT FROM "User" UNION ALL SELECT FROM "UserLanguage"');
  expect(rows).toHaveLength(0);
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('the pending sign-up lives in one session, and leaves it when the person has joined', async () => {
  const { ann, to, code } = await joining(house);
  const { id } = await challengeOf(house, to);
  const holders = async () =>
    [...(await sessionsOf(house)).values()].filter((session) => JSON.stringify(session).includes(id));
  expect(await holders()).toHaveLength(1);
  await typeCode(ann, code);
  expect(await holders()).toHaveLength(0);
  const rows = await house.stores.sql('SELECT "consumedAt" FROM "RegistrationOtp" WHERE "id" = $1', [id]);
  expect(rows[0]?.consumedAt).toEqual(house.clock.now());
});

test('it is kept thirty minutes from the last visit, no longer', async () => {
  const { ann, to } = await joining(house);
  const { id } = await challengeOf(house, to);
  const keys = await house.stores.redis.keys('sess:*');
  const values = await house.stores.redis.mget(keys);
  const mine = keys[values.findIndex((value) => value?.includes(id))]!;
  expect(await house.stores.redis.ttl(mine)).toBeGreaterThan(30 * 60 - 30);
  expect(await house.stores.redis.ttl(mine)).toBeLessThanOrEqual(30 * 60);
  house.clock.pass(minutes(30));
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
});

test('what was written is what was typed', async () => {
  const { ann, person, to, code } = await joining(house, { learningLanguages: ['ja', 'es', 'fr'] });
  await typeCode(ann, code);
  const [row] = await house.stores.sql<{ id: string }>(
    'SELECT *, "dateOfBirth"::text AS born FROM "User" WHERE "username" = $1',
    [person.username],
  );
  const now = house.clock.now();
  expect(row).toMatchObject({
    username: person.username,
    email: to,
    emailKey: to,
    emailVerifiedAt: now,
    phone: null,
    born: '1995-05-15',
    country: 'DE',
    createdAt: now,
  });
  const languages = await house.stores.sql(
    'SELECT "code", "role", "position" FROM "UserLanguage" WHERE "userId" = $1 ORDER BY "role", "position"',
    [row!.id],
  );
  expect(languages.map((l) => [l.code, l.role, l.position])).toEqual([
    ['de', 'native', 0],
    ['ja', 'learning', 0],
    ['es', 'learning', 1],
    ['fr', 'learning', 2],
  ]);
});

test('starting over forgets the pending sign-up, and its code with it', async () => {
  const { ann, person, code } = await joining(house);
  expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('a new form in the same session ends the run before it', async () => {
  const first = await joining(house);
  const second = await joining(house, {}, first.ann);
  const refused = await typeCode(first.ann, first.code);
  expect(refused.status).toBe(first.code === second.code ? 303 : 422);
  expect((await challengeOf(house, first.to)).consumedAt).not.toBeNull();
  expect((await typeCode(second.ann, second.code)).redirectedTo).toBe('/profile');
  expect(await peopleCalled(house, first.person.username)).toBe(0);
});

test('after joining, the front door leads to the profile', async () => {
  const ann = visitor(house);
  await ann.signUp();
  for (const path of ['/sign-up', '/sign-up/code', '/login', '/'])
    expect((await ann.get(path)).redirectedTo).toBe('/profile');
});
