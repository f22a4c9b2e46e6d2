import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import { hours } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, picturesOf, settled, shownIn, upload } from '../../support/uploading.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { pictureRetry: { tries: 3, backoff: 10 } } });
const queue = new Queue('pictures', { connection: house.stores.redis });
afterAll(() => queue.close());
beforeEach(() => queue.pause());

const joined = async (): Promise<{ ann: Visitor; username: string }> => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  return { ann, username };
};
const work = async (username: string) => {
  await queue.resume();
  return settled(house, username);
};
const statusOf = async (ann: Visitor, kind: string) =>
  JSON.parse((await ann.get(`/settings/pictures/status?of=${kind}`)).html) as { busy: boolean; mark: string };
const waiting = ({ html }: { html: string }) => html.includes('http-equiv="refresh"');

test('a picture that is being made says so on every page of its owner, and is seen by nobody yet', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'avatar', await jpegOf());
  await upload(ann, 'photo', await jpegOf());
  const profile = await ann.get('/profile');
  expect(profile.html).toContain('Your new picture is being made.');
  expect([waiting(profile), shownIn(profile.html)]).toEqual([true, []]);
  expect((await ann.get('/settings/avatar')).html).toContain('Your new picture is being made.');
  expect((await ann.get('/settings/photos')).html).toContain('Being made…');
  const before = await statusOf(ann, 'photo');
  expect(before.busy).toBe(true);
  const [avatar] = await picturesOf(house, username);
  expect((await ann.get(`/media/${avatar!.mediaKey}.avatar-64.webp`)).status).toBe(404);
  expect(await files(house)).toHaveLength(2);

  await work(username);
  const after = await statusOf(ann, 'photo');
  expect([after.busy, after.mark === before.mark]).toEqual([false, false]);
  for (const path of ['/profile', '/settings/avatar', '/settings/photos']) {
    const page = await ann.get(path);
    expect([path, waiting(page), shownIn(page.html).length > 0]).toEqual([path, false, true]);
  }
});

test('a new avatar takes the place of the old one, whose files go', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'avatar', await jpegOf());
  const [old] = await work(username);
  await queue.pause();
  await upload(ann, 'avatar', await jpegOf(90, 90));
  expect(shownIn((await ann.get('/profile')).html)[0]).toContain(old!.mediaKey);
  const now = await work(username);
  expect(now).toHaveLength(1);
  expect(now[0]!.mediaKey).not.toBe(old!.mediaKey);
  expect((await files(house)).filter((file) => file.startsWith(old!.mediaKey))).toEqual([]);
  expect((await ann.get(`/media/${old!.mediaKey}.avatar-64.webp`)).status).toBe(404);
});

test('the last of several that were sent before any was made is the one', async () => {
  const { ann, username } = await joined();
  for (const side of [30, 40, 50]) await upload(ann, 'avatar', await jpegOf(side, side));
  await work(username);
  const [avatar] = await house.stores.sql(
    `SELECT p."width" FROM "Picture" p JOIN "User" u ON u."id" = p."userId" WHERE u."usernameKey" = lower($1)`,
    [username],
  );
  expect(avatar).toEqual({ width: 50 });
});

test('a photo that is removed before it is made leaves nothing', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'photo', await jpegOf());
  const [photo] = await picturesOf(house, username);
  await ann.post(`/settings/photos/${photo!.id}/remove`);
  expect((await ann.get('/settings/photos')).html).not.toContain('Being made…');
  expect(await work(username)).toEqual([]);
  expect((await files(house)).filter((file) => file.startsWith(photo!.mediaKey))).toEqual([]);
});

test('a refused photo says why, can be removed, and makes way for the next', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'photo', await jpegOf());
  await work(username);
  await house.stores.sql(
    `UPDATE "Picture" SET "state" = 'refused', "refusal" = 'broken' WHERE "state" = 'ready'`,
  );
  expect(textOf((await ann.get('/settings/photos')).html)).toContain('The picture is damaged or incomplete.');
  await upload(ann, 'photo', await jpegOf());
  expect(await work(username)).toMatchObject([{ state: 'ready' }]);
});

test('what nobody works on for an hour is given up, not a millisecond before, and leaves no file', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'avatar', await jpegOf());
  await queue.obliterate({ force: true });
  await queue.pause();
  house.clock.pass(hours(1) - 1);
  await clean(house);
  expect(await picturesOf(house, username)).toMatchObject([{ state: 'processing' }]);
  house.clock.pass(1);
  await clean(house);
  const [given] = await settled(house, username);
  expect(given).toMatchObject({ state: 'refused', refusal: 'unfinished' });
  expect((await files(house)).filter((file) => file.startsWith(given!.mediaKey))).toEqual([]);
  expect((await ann.get('/profile')).html).toContain(
    'We could not finish this picture. Please send it again.',
  );
});

test('what was taken away while no worker ran is cleared by the cleaning job', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'avatar', await jpegOf());
  const [avatar] = await work(username);
  await queue.pause();
  await ann.post('/settings/avatar/remove');
  await queue.obliterate({ force: true });
  expect(await picturesOf(house, username)).toMatchObject([{ refusal: 'removed' }]);
  await clean(house);
  expect(await eventually(async () => (await picturesOf(house, username)).length === 0, 'the row')).toBe(
    true,
  );
  expect((await files(house)).filter((file) => file.startsWith(avatar!.mediaKey))).toEqual([]);
});

test('the same job twice changes nothing', async () => {
  const { ann, username } = await joined();
  await upload(ann, 'avatar', await jpegOf());
  const [avatar] = await work(username);
  const before = await files(house);
  await queue.add('pictures', { pictureId: avatar!.id }, { removeOnComplete: true });
  await eventually(
    async () => Object.values(await queue.getJobCounts('waiting', 'active')).every((n) => n === 0),
    'it',
  );
  expect(await picturesOf(house, username)).toEqual([avatar]);
  expect(await files(house)).toEqual(before);
});
