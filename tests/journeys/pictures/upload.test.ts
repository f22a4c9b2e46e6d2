import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { hours } from '../../../src/kernel/clock.ts';
import { refusalText } from '../../../src/features/pictures/pictures.ts';
import { heicOfCorners } from '../../support/heic.ts';
import { hostile } from '../../support/hostile-pictures.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { expectCorners } from '../../support/looking.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, picturesOf, settled, shownIn, upload } from '../../support/uploading.ts';
import { type Visitor, faultsIn, textOf, visitor } from '../../support/visitor.ts';
import { english } from '../../support/words.ts';

const house = await houseOfThisFile();

describe('journey', () => {
  beforeAll(() => house.empty());

  test('an avatar goes from the form to everybody who may see the profile', async () => {
    const [ann, ben] = [visitor(house), visitor(house)];
    const { username } = await ann.signUp();
    await ben.signUp();
    expect((await ann.get('/settings/avatar')).html).toContain('enctype="multipart/form-data"');

    const sent = await upload(ann, 'avatar', await jpegOf(900, 600));
    expect([sent.status, sent.redirectedTo]).toEqual([303, '/profile']);
    const [avatar] = await settled(house, username);
    expect(avatar).toMatchObject({ kind: 'avatar', state: 'ready', refusal: null });
    expect((await files(house)).sort()).toEqual(
      [256, 512, 64].map((side) => `${avatar!.mediaKey}.avatar-${side}.webp`),
    );

    const own = await ann.get('/profile');
    const page = await ben.get(`/people/${username}`);
    expect(shownIn(page.html)).toEqual(shownIn(own.html));
    expect(shownIn(page.html)).toHaveLength(3);
    expect(page.html).toContain('src="data:image/webp;base64,');
    for (const path of shownIn(page.html)) {
      const picture = await ben.get(path);
      expect(picture.status).toBe(200);
      const { format, width, height } = await sharp(picture.bytes!).metadata();
      expect([format, width]).toEqual(['webp', height]);
    }
  });

  test('a photo as an iPhone keeps it is taken and shown as any other', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const sent = await upload(ann, 'photo', heicOfCorners(), { type: 'image/heic' });
    expect([sent.status, sent.redirectedTo]).toEqual([303, '/settings/photos']);
    expect(await settled(house, username)).toMatchObject([{ state: 'ready', width: 64, height: 48 }]);
    const picture = await ann.get(shownIn((await ann.get('/settings/photos')).html)[0]!);
    expect(picture.header('content-type')).toBe('image/webp');
    await expectCorners(picture.bytes!);
  });
});

describe('hostile', () => {
  beforeAll(() => house.empty());

  /** Damaged where only decoding sees it: taken first, and refused by the job. */
  const seenLate = [
    'PNG of a wrong checksum',
    'JPEG of a head only',
    'a JPEG head on a ZIP',
    'HEIC with nothing in its slices',
    'AVIF that says it were HEIC',
    'AVIF that says it were HEIC, under the general brand',
  ];

  test.each(hostile)('%s is refused (%s), and nothing of it kept', async (what, reason, make) => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const before = await files(house);
    const page = await upload(ann, 'photo', await make(), { type: '' });
    if (page.status === 422) {
      expect(faultsIn(page.html)).toEqual({ photo: english.say(refusalText(reason)) });
      expect(await picturesOf(house, username)).toEqual([]);
    } else {
      expect([page.status, seenLate]).toEqual([303, expect.arrayContaining([what])]);
      expect(await settled(house, username)).toMatchObject([{ state: 'refused', refusal: reason }]);
      expect((await ann.get('/settings/photos')).html).toContain(english.say(refusalText(reason)));
    }
    expect(await files(house)).toEqual(before);
  });

  test('while somebody sends all of it at once, others see pages and send pictures', async () => {
    const [mallory, ben] = [visitor(house), visitor(house)];
    await mallory.signUp();
    const { username } = await ben.signUp();
    await mallory.get('/settings/photos');
    await ben.get('/settings/avatar');
    const attack = Promise.all(
      hostile.map(async ([, , make]) => upload(mallory, 'photo', await make(), { type: '' })),
    );
    const pages = await together(10, () => ben.get('/profile'));
    expect(statuses(pages)).toEqual({ 200: 10 });
    expect((await upload(ben, 'avatar', await jpegOf())).status).toBe(303);
    expect(await settled(house, username)).toMatchObject([{ state: 'ready' }]);
    expect(Object.keys(statuses(await attack)).sort()).toEqual(['303', '422']);
  });
});

describe('limits', () => {
  let jpeg: Buffer;
  beforeAll(async () => {
    await house.empty();
    jpeg = await jpegOf(40, 30);
  });

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
    expect(textOf(refused.html)).toContain('You have 9 photos, the maximum.');
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
    expect(textOf(late.html)).toContain("You've sent a lot of pictures recently.");

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
});
