import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { picturesOf, settled, upload } from '../../support/uploading.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const jpeg = await jpegOf(40, 30);
const notOne = Buffer.from('no picture');

const joined = async (): Promise<{ ann: Visitor; username: string }> => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await ann.get('/settings/photos');
  return { ann, username };
};

test('nine photos and no more; one removed makes room for one', async () => {
  const { ann, username } = await joined();
  expect(statuses(await repeatedly(9, () => upload(ann, 'photo', jpeg)))).toEqual({ 303: 9 });
  const refused = await upload(ann, 'photo', jpeg, { alt: 'The tenth' });
  expect(refused.status).toBe(422);
  expect(textOf(refused.html)).toContain('You have 9 photos, which is as many as there can be.');
  const all = await settled(house, username);
  expect(all.map(({ state }) => state)).toEqual(Array(9).fill('ready'));

  await ann.post(`/settings/photos/${all[3]!.id}/remove`);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(303);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(422);
  expect((await upload(ann, 'avatar', jpeg)).status).toBe(303);
  const now = await settled(house, username);
  expect(now.filter(({ kind }) => kind === 'photo')).toHaveLength(9);
});

test('fifty at once, at two instances, make nine', async () => {
  const { ann, username } = await joined();
  await withAnother(house, {}, async (other) => {
    const there = visitor(other, { ip: ann.ip });
    for (const [name, value] of ann.cookies) there.cookies.set(name, value);
    await there.get('/settings/photos');
    const pages = await together(50, (n) => upload(n % 2 ? ann : there, 'photo', jpeg));
    expect(statuses(pages)).toEqual({ 303: 9, 422: 41 });
  });
  expect(await settled(house, username)).toHaveLength(9);
});

test('twenty avatars at once leave one', async () => {
  const { ann, username } = await joined();
  expect(statuses(await together(20, () => upload(ann, 'avatar', jpeg)))).toEqual({ 303: 20 });
  expect(await settled(house, username)).toMatchObject([{ kind: 'avatar', state: 'ready' }]);
});

test('a refused photo takes no place', async () => {
  const { ann, username } = await joined();
  await repeatedly(9, () => upload(ann, 'photo', jpeg));
  const [first] = await settled(house, username);
  await house.stores.sql(`UPDATE "Picture" SET "state" = 'refused', "refusal" = 'broken' WHERE "id" = $1`, [
    first!.id,
  ]);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(303);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(422);
});

test('sixty uploads an hour, refused ones and other sessions included, and then not until the first is an hour old', async () => {
  const { ann, username } = await joined();
  const phone = visitor(house);
  const { password } = { password: 'lantern-tandem-42' };
  await phone.signIn(username, password);
  expect(statuses(await repeatedly(59, (n) => upload(n % 2 ? ann : phone, 'photo', notOne)))).toEqual({
    422: 59,
  });
  const parallel = await together(10, () => upload(ann, 'avatar', notOne));
  expect(statuses(parallel)).toEqual({ 422: 1, 429: 9 });
  const late = parallel.find(({ status }) => status === 429)!;
  expect(late.header('retry-after')).toBe('3600');
  expect(textOf(late.html)).toContain('You have sent very many pictures lately.');

  house.clock.pass(hours(1) - 1);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(429);
  house.clock.pass(1);
  expect((await upload(ann, 'photo', jpeg)).status).toBe(303);
  expect((await picturesOf(house, username)).length).toBe(1);
});

test('somebody else has their own', async () => {
  const [{ ann }, { ann: ben }] = [await joined(), await joined()];
  await repeatedly(60, () => upload(ann, 'photo', notOne));
  expect((await upload(ann, 'photo', jpeg)).status).toBe(429);
  expect((await upload(ben, 'photo', jpeg)).status).toBe(303);
});
