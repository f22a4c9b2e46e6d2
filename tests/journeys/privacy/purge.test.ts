import { expect, test } from '@jest/globals';
import { rename, rm, writeFile } from 'node:fs/promises';
import { days, later } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { changeMobile, codeFor, newEmail } from '../../support/contacts.ts';
import { packedFor } from '../../support/copies.ts';
import { edit } from '../../support/editing.ts';
import { leaveTraces } from '../../support/features.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining } from '../../support/joining.ts';
import { leave, leaver, member, restingNames, rowOf } from '../../support/deletion.ts';
import { together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { forgot } from '../../support/recovering.ts';
import { everythingKept } from '../../support/traces.ts';
import { files, settled, upload } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
async function people(): Promise<number> {
  return (await house.stores.sql('SELECT FROM "User"')).length;
}

test('the person goes at the end of the fourteenth day, and no millisecond before', async () => {
  const { username } = await leaver(house);
  const { username: stays } = await member(house);
  house.clock.pass(days(14) - 1);
  await clean(house);
  expect(await rowOf(house, username)).toBeDefined();
  expect(await restingNames(house, username)).toEqual([]);
  house.clock.pass(1);
  await clean(house);
  expect(await rowOf(house, username)).toBeUndefined();
  expect(await restingNames(house, username)).toEqual([
    { usernameKey: username.toLowerCase(), until: later(house.clock.now(), days(90)) },
  ]);
  expect(await rowOf(house, stays)).toBeDefined();
});

test('nothing is left anywhere but the name that rests', async () => {
  const { ann, username, email } = await member(house);
  const id = (await rowOf(house, username))!.id;
  await edit(ann, { displayName: 'Ann Without Trace', bio: 'I was never here.' });
  await upload(ann, 'avatar', await jpegOf());
  await upload(ann, 'photo', await jpegOf(), { alt: 'A trace of Ann' });
  await settled(house, username);
  const mobile = await changeMobile(house, ann);
  await codeFor(house, ann, newEmail());
  await leaveTraces(ann, 'I was nowhere else', (await member(house)).username);
  await packedFor(house, ann, username);
  await ann.get('/settings/account');
  await leave(ann);
  house.clock.pass(days(14) - 1);
  // What strangers can leave behind in the last day.
  await forgot(visitor(house), email);
  await visitor(house).startSignUp({ email });
  const { ann: ben } = await member(house);
  await ben.post('/settings/contact/email', { email, currentPassword: 'lantern-tandem-42' });
  await house.stores.redis.sadd(`sessions-of:${id}`, 'a-session-that-was-left-over');
  await house.stores.redis.set('sess:a-session-that-was-left-over', JSON.stringify({ userId: id }));

  house.clock.pass(1);
  await clean(house);
  expect(await rowOf(house, username)).toBeUndefined();
  expect(await files(house)).toEqual([]);
  const rows = (await everythingKept(house)).postgres.split('\n');
  // Words to somebody who may still report them, for thirty days from the leaving; who wrote them is not said there.
  const isSealed = (row: string): boolean => row.startsWith('"SealedWords"');
  expect(rows.filter(isSealed)).toEqual([expect.stringContaining('I was nowhere else')]);
  const traces = [id, email, mobile, username, 'Ann Without Trace', 'never here', 'A trace of Ann'];
  const holding = (trace: string, among: readonly string[]): string[] =>
    among.filter((row) => row.toLowerCase().includes(trace.toLowerCase()));
  for (const trace of traces) expect(holding(trace, rows.filter(isSealed))).toEqual([]);
  for (const trace of [...traces.filter((trace) => trace !== username), 'nowhere else'])
    expect(
      holding(
        trace,
        rows.filter((row) => !isSealed(row)),
      ),
    ).toEqual([]);
  // The rest of Redis is counters and finished jobs, which go by themselves within the day.
  expect(await house.stores.redis.exists(`sessions-of:${id}`, 'sess:a-session-that-was-left-over')).toBe(0);
  expect(holding(username, rows)).toEqual([expect.stringMatching(/^"UsernameQuarantine"/)]);

  house.clock.pass(days(16) - 1);
  await clean(house);
  expect((await everythingKept(house)).postgres).toContain('I was nowhere else');
  house.clock.pass(1);
  await clean(house);
  expect((await everythingKept(house)).postgres).not.toContain('I was nowhere else');
});

test('a session that began in the last moment of an account ends with the fact that it is gone', async () => {
  const { username } = await leaver(house);
  const id = (await rowOf(house, username))!.id;
  const { stores } = house;
  const { redis } = stores;
  await stores.sql(`DELETE FROM "User" WHERE "id" = $1`, [id]);
  await redis.sadd(`sessions-of:${id}`, 'a-session-of-nobody');
  await redis.set('sess:a-session-of-nobody', JSON.stringify({ userId: id }));
  await stores.sql(
    `INSERT INTO "RecordedEvent" ("name", "userId", "ids", "at")
     VALUES ('auth.erased', $1::uuid, jsonb_build_object('userId', $1::uuid), now())`,
    [id],
  );
  await clean(house);
  expect(await redis.exists(`sessions-of:${id}`, 'sess:a-session-of-nobody')).toBe(0);
  expect(await stores.sql('SELECT FROM "RecordedEvent"')).toEqual([]);
});

test('the address and the number can be joined with again', async () => {
  const { email } = await leaver(house);
  await house.outbox.next(email);
  house.clock.pass(days(14));
  await clean(house);
  const { username } = await visitor(house).signUp({ email });
  expect(await rowOf(house, username)).toMatchObject({ securityVersion: 0, purgeAt: null });
});

test('many go in batches, by two workers at once, and nobody else does', async () => {
  const { username: stays } = await member(house);
  const before = await people();
  const end = later(house.clock.now(), -1).toISOString();
  await house.stores.sql(
    `INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth",
                         "country", "createdAt", "updatedAt", "leavingAt", "purgeAt")
     SELECT gen_random_uuid(), 'gone' || n, 'gone' || n, 'gone' || n || '@example.com', 'gone' || n || '@example.com', $1, '$argon2id$', '1990-01-01',
            'DE', $1, $1, $1::timestamptz - interval '14 days', $1
     FROM generate_series(1, 250) n`,
    [end],
  );
  await withAnother(house, { jobs: true }, () => clean(house, 4));
  expect(await people()).toBe(before);
  expect(await rowOf(house, stays)).toBeDefined();
  expect(
    await house.stores.sql(`SELECT FROM "UsernameQuarantine" WHERE "usernameKey" LIKE 'gone%'`),
  ).toHaveLength(250);
  expect(house.logged.filter((line) => /job failed|could not be deleted/.test(line))).toEqual([]);
});

test('while the store of pictures is away the person waits for it, and keeps nobody else from going', async () => {
  const withPictures = await member(house);
  await upload(withPictures.ann, 'avatar', await jpegOf());
  await settled(house, withPictures.username);
  await leave(withPictures.ann);
  const without = await leaver(house);
  const { mediaDir } = house.stores;
  house.clock.pass(days(14));
  await rename(mediaDir, `${mediaDir}.away`);
  await writeFile(mediaDir, '');
  await clean(house).catch(() => {});
  expect(await rowOf(house, without.username)).toBeUndefined();
  const begun = (await rowOf(house, withPictures.username))!;
  expect(begun).toBeDefined();
  // Begun with: a clock that lags behind brings nobody back whose pictures may be gone.
  expect(begun.purgeAt).toEqual(begun.leavingAt);
  const resting = await restingNames(house, withPictures.username);
  expect(resting).toHaveLength(1);
  house.clock.pass(-days(1));
  expect((await visitor(house).signIn(withPictures.username, withPictures.password)).status).toBe(422);
  house.clock.pass(days(1));

  await rm(mediaDir);
  await rename(`${mediaDir}.away`, mediaDir);
  house.clock.pass(days(1));
  await clean(house);
  expect(await rowOf(house, withPictures.username)).toBeUndefined();
  expect(await files(house)).toEqual([]);
  // The name rests from the first try on.
  expect(await restingNames(house, withPictures.username)).toEqual(resting);
});

test('a purge and fifty sign-ins at the last moment leave a whole account or none', async () => {
  const someone = await member(house);
  await upload(someone.ann, 'avatar', await jpegOf());
  await settled(house, someone.username);
  await leave(someone.ann);
  house.clock.pass(days(14) - 1);
  const doors = await together(50, async () => {
    const who = visitor(house);
    await who.token();
    return who;
  });
  const signIns = doors.map((who) => who.signIn(someone.username, someone.password));
  house.clock.pass(1);
  await Promise.all([clean(house, 2), ...signIns]);
  const row = await rowOf(house, someone.username);
  expect((await files(house)).length).toBe(row ? 3 : 0);
  if (row) expect(row.purgeAt).toBeNull();
});

test('the name can be had again after ninety days, and no millisecond before', async () => {
  const { username } = await leaver(house);
  house.clock.pass(days(14));
  await clean(house);
  house.clock.pass(days(90) - 1);
  await clean(house);
  const early = await visitor(house).startSignUp({ username });
  expect(early.page.status).toBe(422);
  expect(early.page.html).toContain('This username is taken. Please choose another.');
  const other = await visitor(house).startSignUp({ username: username.toUpperCase() });
  expect(other.page.status).toBe(422);
  house.clock.pass(1);
  await visitor(house).signUp({ username });
  expect(await rowOf(house, username)).toMatchObject({ securityVersion: 0 });
  expect(await restingNames(house, username)).toHaveLength(1);
  await clean(house);
  expect(await restingNames(house, username)).toEqual([]);
});

test('a sign-up that waits for its code while the name goes to rest makes nobody', async () => {
  const { username } = await leaver(house);
  // Another name at first, so that the form is taken.
  const waiting = await joining(house);
  const wanted = String(waiting.person.username);
  house.clock.pass(1);
  await house.stores.sql('INSERT INTO "UsernameQuarantine" VALUES ($1, $2)', [
    wanted.toLowerCase(),
    later(house.clock.now(), 1).toISOString(),
  ]);
  const page = await waiting.ann.post('/sign-up/code', { code: waiting.code });
  expect(page.redirectedTo).toBe('/sign-up');
  expect((await waiting.ann.get('/sign-up')).html).toContain('Someone took this username');
  expect(await rowOf(house, wanted)).toBeUndefined();
  expect(await rowOf(house, username)).toBeDefined();

  const again = await joining(house);
  await house.stores.sql('INSERT INTO "UsernameQuarantine" VALUES ($1, $2)', [
    String(again.person.username).toLowerCase(),
    house.clock.now().toISOString(),
  ]);
  expect((await again.ann.post('/sign-up/code', { code: again.code })).redirectedTo).toBe('/welcome');
});
