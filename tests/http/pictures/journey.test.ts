import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { heicOfCorners } from '../../support/heic.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { expectCorners } from '../../support/looking.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, settled, shownIn, upload } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

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
