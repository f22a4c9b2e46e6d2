import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { drawn, jpegOf } from '../../support/pictures.ts';
import { settled, shownIn, upload } from '../../support/uploading.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ben = visitor(house);
await ben.signUp();

/** Somebody with an avatar and a photo that are ready; their addresses. */
const pictured = async (photo?: Buffer) => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  await upload(ann, 'avatar', await jpegOf(800, 800));
  await upload(ann, 'photo', photo ?? (await jpegOf(800, 500)), { alt: 'Two hats <b>' });
  const rows = await settled(house, username);
  const paths = shownIn((await ann.get('/profile')).html);
  return { ann, username, password, rows, paths };
};
const statusesOf = async (who: typeof ben, paths: readonly string[]) =>
  [...new Set(await Promise.all(paths.map(async (path) => (await who.get(path)).status)))].join();

test('is served with fixed headers, and the same again is not sent twice', async () => {
  const { paths } = await pictured();
  expect(paths).toHaveLength(5);
  for (const path of paths) {
    const picture = await ben.get(path);
    expect(picture.status).toBe(200);
    const headers = (page: Page) => ({
      csp: page.header('content-security-policy'),
      nosniff: page.header('x-content-type-options'),
      cache: page.header('cache-control'),
      disposition: page.header('content-disposition'),
      resource: page.header('cross-origin-resource-policy'),
      etag: page.header('etag'),
    });
    const expected = {
      csp: "default-src 'none'; sandbox",
      nosniff: 'nosniff',
      cache: 'private, max-age=31536000, immutable',
      disposition: 'inline',
      resource: 'same-origin',
      etag: `"${path.slice('/media/'.length)}"`,
    };
    expect(headers(picture)).toEqual(expected);
    expect(picture.header('content-type')).toBe('image/webp');
    expect(picture.header('set-cookie')).toBeUndefined();
    const head = await ben.send('head', path);
    expect([head.status, head.header('content-length')]).toEqual([200, String(picture.bytes!.length)]);

    ben.headers = { 'If-None-Match': picture.header('etag')! };
    const again = await ben.get(path);
    ben.headers = {};
    expect([again.status, headers(again)]).toEqual([304, expected]);
  }
});

test('pages say how large it is and what it shows', async () => {
  const { username } = await pictured();
  const { html } = await ben.get(`/people/${username}`);
  expect(html).toMatch(
    /<img src="[^"]+photo-512.webp" srcset="[^"]+photo-1600.webp 800w, [^"]+photo-512.webp 512w"/,
  );
  expect(html).toContain('width="512" height="320" alt="Two hats &lt;b&gt;" loading="lazy"');
  expect(html).toContain('width="256" height="256" alt=""');
});

test('nothing of where and with what it was taken is left', async () => {
  const tagged = await drawn(640, 480)
    .jpeg()
    .withExif({
      IFD0: { Make: 'SecretMaker', Artist: 'SecretName' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 0/1',
      },
    })
    .toBuffer();
  expect((await sharp(tagged).metadata()).exif).toBeDefined();
  const { paths } = await pictured(tagged);
  for (const path of paths) {
    const { bytes } = await ben.get(path);
    const { exif, xmp, icc, iptc } = await sharp(bytes!).metadata();
    expect({ exif, xmp, icc, iptc }).toEqual({});
    expect(bytes!.toString('latin1')).not.toMatch(/Secret|Exif|GPS/);
  }
});

test('is for signed-in people only', async () => {
  const { paths } = await pictured();
  for (const path of paths) {
    const page = await visitor(house).get(path);
    expect([page.status, page.redirectedTo]).toEqual([303, `/login?next=${encodeURIComponent(path)}`]);
    expect(page.header('cache-control')).toBe('no-store');
  }
});

test('a session that ended by another password sees nothing', async () => {
  const { ann, paths, username } = await pictured();
  await house.stores.sql(`UPDATE "User" SET "securityVersion" = 7 WHERE "usernameKey" = lower($1)`, [
    username,
  ]);
  expect((await ann.get(paths[0]!)).redirectedTo).toMatch(/^\/login/);
});

test('of somebody who hides it is there for the owner only, and for all again afterwards', async () => {
  const { ann, paths } = await pictured();
  await edit(ann, { visibility: 'nobody' });
  expect([await statusesOf(ben, paths), await statusesOf(ann, paths)]).toEqual(['404', '200']);
  await edit(ann, { visibility: 'members' });
  expect(await statusesOf(ben, paths)).toBe('200');
});

test('of somebody who is leaving it is there for nobody', async () => {
  const { ann, paths, username } = await pictured();
  await house.stores.sql(
    `UPDATE "User" SET "leavingAt" = now(), "purgeAt" = now() + interval '14 days' WHERE "usernameKey" = lower($1)`,
    [username],
  );
  expect([await statusesOf(ben, paths), await statusesOf(ann, paths)]).toEqual(['404', '404']);
});

test('that was removed is gone at once, by every known address, and its files after it', async () => {
  const { ann, paths, rows, username } = await pictured();
  const photo = rows.find((row) => row.kind === 'photo')!;
  const of = (kind: string) => paths.filter((path) => path.includes(kind));
  expect((await ann.post(`/settings/photos/${photo.id}/remove`)).redirectedTo).toBe('/settings/photos');
  expect([await statusesOf(ben, of('photo')), await statusesOf(ann, of('photo'))]).toEqual(['404', '404']);
  expect(await statusesOf(ben, of('avatar'))).toBe('200');
  expect((await ann.post('/settings/avatar/remove')).redirectedTo).toBe('/profile');
  expect([await statusesOf(ben, paths), await statusesOf(ann, paths)]).toEqual(['404', '404']);
  ben.headers = { 'If-None-Match': '*' };
  expect(await statusesOf(ben, paths)).toBe('404');
  ben.headers = {};
  expect(await settled(house, username)).toEqual([]);
});

test('of somebody else cannot be removed', async () => {
  const { rows, paths } = await pictured();
  for (const { id } of rows) expect((await ben.post(`/settings/photos/${id}/remove`)).status).toBe(404);
  for (const id of ['x', '%00', "1'--"])
    expect((await ben.post(`/settings/photos/${id}/remove`)).status).toBe(404);
  expect(await statusesOf(ben, paths)).toBe('200');
});

test('an address that is none of ours has nothing', async () => {
  const { rows } = await pictured();
  const { mediaKey: name } = rows.find((row) => row.kind === 'avatar')!;
  const odd = [
    `${name}.incoming.bin`,
    `${name}.photo-512.webp`,
    `${name}.avatar-65.webp`,
    `${name}.webp`,
    name,
    `${'A'.repeat(22)}.avatar-64.webp`,
    '..%2f..%2fpackage.json',
    '%2e%2e%2fx.webp',
    `${name}.avatar-64.webp%00`,
  ];
  for (const key of odd) expect([key, (await ben.get(`/media/${key}`)).status]).toEqual([key, 404]);
  expect((await ben.post(`/media/${name}.avatar-64.webp`)).status).toBe(405);
});
