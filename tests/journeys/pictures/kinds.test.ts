import { describe, expect, test } from '@jest/globals';
import { heicOfCorners } from '../../support/heic.ts';
import { ofKind } from '../../support/hostile-pictures.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { expectCorners } from '../../support/looking.ts';
import { jpegOf } from '../../support/pictures.ts';
import { postParts, settled, shownIn, upload } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

async function joined() {
  const who = visitor(house);
  return { who, ...(await who.signUp()) };
}

describe('what a file is, its bytes say:', () => {
  test.each<[string, string, string, () => Buffer | Promise<Buffer>]>([
    ['a WebP', 'holiday.jpg', 'image/jpeg', ofKind.webp],
    ['a JPEG', 'scan.png', 'image/png', ofKind.jpeg],
    ['a HEIC', 'IMG_0001.jpg', 'image/jpeg', () => heicOfCorners()],
    ['a PNG', 'picture.heic', 'image/heic', ofKind.png],
    ['an AVIF', 'picture.webp', 'image/webp', ofKind.avif],
    ['a JPEG', 'holiday.jfif', 'image/jfif', ofKind.jpeg],
    ['a JPEG', 'holiday.mpo', 'image/mpo', ofKind.jpeg],
    ['a JPEG', 'holiday', 'image/*', ofKind.jpeg],
    ['a JPEG', 'holiday', '*/*', ofKind.jpeg],
    ['a JPEG', 'holiday', 'binary/octet-stream', ofKind.jpeg],
    ['a JPEG', 'holiday.jpg', 'text/html', ofKind.jpeg],
    ['a JPEG', 'holiday.jpg', '', ofKind.jpeg],
  ])('%s called %s, %s', async (_what, filename, type, make) => {
    const { who, username } = await joined();
    const file = { name: 'avatar', filename, type, content: await make() };
    expect((await postParts(who, '/settings/avatar', [file])).redirectedTo).toBe('/profile');
    expect(await settled(house, username)).toMatchObject([{ state: 'ready' }]);
    const [path] = shownIn((await who.get('/profile')).html);
    const picture = await who.get(path!);
    expect(picture.header('content-type')).toBe('image/webp');
    await expectCorners(picture.bytes!);
  });
});

test('what a program left behind a picture is dropped', async () => {
  const { who, username } = await joined();
  const bytes = Buffer.concat([await ofKind.png(), Buffer.from('\r\n')]);
  expect((await upload(who, 'photo', bytes)).status).toBe(303);
  expect(await settled(house, username)).toMatchObject([{ state: 'ready' }]);
});

test('the tile of a panorama has rows enough, and its place says how wide it lies', async () => {
  const { who, username } = await joined();
  await upload(who, 'photo', await jpegOf(3_000, 600));
  await settled(house, username);
  const { html } = await who.get('/profile');
  expect(html).toMatch(/photo-1600.webp 3000w, [^"]+photo-512.webp 2000w"/);
  expect(html).toContain('sizes="(min-width: 40rem) calc(12rem * 5), calc(30vw * 5)"');
  expect(html).toContain('width="2000" height="400"');
});

describe('a picture that was seen once', () => {
  test('is asked for again each time, and gone once its owner took it away', async () => {
    const [{ who: ann, username }, { who: ben }] = [await joined(), await joined()];
    await upload(ann, 'photo', await jpegOf());
    const [photo] = await settled(house, username);
    const [path] = shownIn((await ben.get(`/people/${username}`)).html);
    const seen = await ben.get(path!);
    expect(seen.header('cache-control')).toBe('private, no-cache');

    const again = async () => {
      ben.headers = { 'If-None-Match': seen.header('etag')! };
      const page = await ben.get(path!);
      ben.headers = {};
      return page;
    };
    expect((await again()).status).toBe(304);
    await ann.post(`/settings/photos/${photo!.id}/remove`);
    const gone = await again();
    expect([gone.status, gone.header('cache-control')]).toEqual([404, 'no-store']);
  });

  test('leaves the browser with whoever signs out there, and stays with who does not', async () => {
    const { who } = await joined();
    expect((await who.get('/profile')).header('clear-site-data')).toBeUndefined();
    const out = await who.post('/logout');
    expect([out.redirectedTo, out.header('clear-site-data')]).toEqual(['/login', '"cache"']);
    expect((await who.get('/login')).header('clear-site-data')).toBeUndefined();
  });

  test('leaves a browser whose session another one ended, at its next page', async () => {
    const { who, username } = await joined();
    await house.stores.sql(`UPDATE "User" SET "securityVersion" = 7 WHERE "usernameKey" = lower($1)`, [
      username,
    ]);
    const out = await who.get('/profile');
    expect(out.redirectedTo).toMatch(/^\/login/);
    expect(out.header('clear-site-data')).toBe('"cache"');
  });
});
