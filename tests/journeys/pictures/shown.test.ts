import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import sharp from 'sharp';
import { hours } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { drawn, jpegOf } from '../../support/pictures.ts';
import { files, picturesOf, settled, shownIn, upload } from '../../support/uploading.ts';
import { type Page, type Visitor, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house3 = await houseOfThisFile({ replaced: { retry: { tries: 3, backoff: 10 } } });

describe('gallery', () => {
  beforeAll(() => house.empty());

  const ben = visitor(house);
  beforeAll(() => ben.signUp());

  interface Gallery {
    ann: Visitor;
    username: string;
    ids: string[];
  }

  /** Somebody with photos called "1", "2" … */
  const galleryOf = async (photos: number): Promise<Gallery> => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await ann.get('/settings/photos');
    for (let n = 1; n <= photos; n++) await upload(ann, 'photo', await jpegOf(20, 20), { alt: String(n) });
    const all = await settled(house, username);
    // Made in one moment of the test's clock, so their ids say nothing of their order.
    const inOrder = all.toSorted((a, b) => Number(a.alt) - Number(b.alt));
    return { ann, username, ids: inOrder.map(({ id }) => id) };
  };
  const describe = (who: Visitor, id: string, alt: string) => who.post(`/settings/photos/${id}`, { alt });
  const move = (who: Visitor, id: string, to: string) => who.post(`/settings/photos/${id}/move`, { to });
  /** The descriptions, in the order in which a page shows them. */
  const orderIn = (html: string): string =>
    [...html.matchAll(/srcset="[^"]+" [^>]*alt="([^"]*)"/g)].map(([, alt]) => alt).join(' ');
  const order = async (who: Visitor, path = '/settings/photos') => orderIn((await who.get(path)).html);

  test('a description is changed in place, and everybody reads the new one', async () => {
    const { ann, username, ids } = await galleryOf(2);
    const before = shownIn((await ann.get('/settings/photos')).html);
    const page = await describe(ann, ids[0]!, '  Two   hats ');
    expect([page.status, page.redirectedTo]).toEqual([303, '/settings/photos']);
    const own = await ann.get('/settings/photos');
    expect(textOf(own.html)).toContain('The description has been saved.');
    expect(shownIn(own.html)).toEqual(before);
    expect(await order(ben, `/people/${username}`)).toBe('Two hats 2');
    await describe(ann, ids[0]!, '');
    expect(await order(ben, `/people/${username}`)).toBe(`Photo 1 by ${username} 2`);
  });

  test('a changed description obeys the law of a new one, and comes back at its own photo', async () => {
    const { ann, ids } = await galleryOf(2);
    expect((await describe(ann, ids[1]!, 'ä'.repeat(200))).status).toBe(303);
    const page = await describe(ann, ids[1]!, 'ä'.repeat(201));
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({
      [`alt-${ids[1]}`]: "Use at most 200 characters. You've used 201.",
    });
    expect(page.html).toContain(`href="#alt-${ids[1]}"`);
    expect(page.html).toContain(`value="${'ä'.repeat(201)}"`);
    expect(page.html.match(/<details class="more" open>/g)).toHaveLength(1);
    expect(faultsIn((await describe(ann, ids[1]!, 'a\u202eb')).html)[`alt-${ids[1]}`]).toContain(
      'reverses the direction',
    );
    expect(await order(ann)).toBe(`1 ${'ä'.repeat(200)}`);
    expect((await ann.post(`/settings/photos/${ids[1]}`, { alt: 'a', x: '1' })).status).toBe(400);
    expect((await ann.post(`/settings/photos/${ids[1]}`, { alt: ['a', 'b'] })).status).toBe(400);
  });

  test('photos go earlier and later by one place, and no further than the ends', async () => {
    const { ann, username, ids } = await galleryOf(4);
    const moved = async (n: number, to: string) => {
      const page = await move(ann, ids[n]!, to);
      expect([page.status, page.redirectedTo]).toEqual([303, `/settings/photos#photo-${ids[n]}`]);
      expect((await ann.get('/settings/photos')).html).toContain(`id="photo-${ids[n]}"`);
      return order(ann);
    };
    expect(await moved(0, 'later')).toBe('2 1 3 4');
    expect(await moved(3, 'earlier')).toBe('2 1 4 3');
    expect(await moved(3, 'earlier')).toBe('2 4 1 3');
    expect(await moved(1, 'earlier')).toBe('2 4 1 3');
    expect(await moved(2, 'later')).toBe('2 4 1 3');
    expect(await order(ben, `/people/${username}`)).toBe('2 4 1 3');
    for (const to of ['', 'first', 'EARLIER']) expect((await move(ann, ids[0]!, to)).status).toBe(400);

    await ann.post(`/settings/photos/${ids[3]}/remove`);
    await settled(house, username);
    expect(await moved(2, 'earlier')).toBe('2 3 1');
    await upload(ann, 'photo', await jpegOf(), { alt: '5' });
    await settled(house, username);
    expect(await order(ann)).toBe('2 3 1 5');
  });

  test('fifty moves at once, at two instances, lose no photo and no move', async () => {
    const { ann, username, ids } = await galleryOf(9);
    await withAnother(house, {}, async (other) => {
      const there = visitor(other, { ip: ann.ip });
      for (const [name, value] of ann.cookies) there.cookies.set(name, value);
      await there.get('/settings/photos');
      const who = (n: number) => (n % 2 ? ann : there);
      // Three times there and three times back, in whatever order: the ends are never reached.
      const pages = await together(6, (n) => move(who(n), ids[4]!, n < 3 ? 'later' : 'earlier'));
      expect(statuses(pages)).toEqual({ 303: 6 });
      expect(await order(ann)).toBe('1 2 3 4 5 6 7 8 9');
      expect(statuses(await together(50, (n) => move(who(n), ids[0]!, 'later')))).toEqual({ 303: 50 });
      expect(await order(ann)).toBe('2 3 4 5 6 7 8 9 1');
      await together(50, (n) => move(who(n), ids[n % 9]!, n % 3 ? 'later' : 'earlier'));
      expect((await order(ann)).split(' ').sort().join(' ')).toBe('1 2 3 4 5 6 7 8 9');
    });
    const rows = await house.stores.sql<{ position: number }>(
      `SELECT p."position" FROM "Picture" p JOIN "User" u ON u."id" = p."userId"
     WHERE u."usernameKey" = lower($1) ORDER BY 1`,
      [username],
    );
    expect(rows.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('fifty descriptions at once leave one of them, whole', async () => {
    const { ann, username, ids } = await galleryOf(1);
    await together(50, (n) => describe(ann, ids[0]!, `Description ${n}`));
    expect((await picturesOf(house, username))[0]!.alt).toMatch(/^Description \d+$/);
  });

  test('of somebody else, of another kind, taken away or of no such name there is nothing to change', async () => {
    const { ann, username, ids } = await galleryOf(2);
    await upload(ann, 'avatar', await jpegOf());
    const avatar = (await settled(house, username)).find(({ kind }) => kind === 'avatar')!;
    await ann.post(`/settings/photos/${ids[1]}/remove`);
    const before = JSON.stringify(await settled(house, username));
    const tries: [Visitor, string][] = [
      [ben, ids[0]!],
      [ann, avatar.id],
      [ann, ids[1]!],
      [ann, 'x'],
      [ann, "1'--"],
      [ann, '%00'],
      [ann, ids[0]!.toUpperCase() + '0'],
    ];
    for (const [who, id] of tries) {
      for (const alt of ['Mine now', 'ä'.repeat(201)])
        expect((await describe(who, id, alt)).status).toBe(404);
      expect((await move(who, id, 'later')).status).toBe(404);
    }
    expect(JSON.stringify(await picturesOf(house, username))).toBe(before);
  });

  test('a form without its token changes nothing, and an address is no page', async () => {
    const { ann, ids } = await galleryOf(2);
    for (const [path, fields] of [
      [`/settings/photos/${ids[0]}`, { alt: 'x' }],
      [`/settings/photos/${ids[0]}/move`, { to: 'later' }],
    ] as const) {
      expect((await ann.post(path, { ...fields, _csrf: 'x' })).status).toBe(403);
      const page = await ann.get(path);
      expect([page.status, page.redirectedTo]).toEqual([303, '/settings/photos']);
    }
    expect(await order(ann)).toBe('1 2');
  });
});

describe('media', () => {
  beforeAll(async () => {
    await house.empty();
    await ben.signUp();
  });

  const ben = visitor(house);
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
        cache: 'private, no-cache',
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
      /<img src="[^"]+photo-512.webp" srcset="[^"]+photo-1600.webp 800w, [^"]+photo-512.webp 640w"/,
    );
    expect(html).toContain('width="640" height="400" alt="Two hats &lt;b&gt;" loading="lazy"');
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
});

describe('states', () => {
  const house = house3;
  beforeAll(async () => {
    await house.empty();
  });

  const queue = new Queue('{pictures}', { connection: house.stores.redis });
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
    JSON.parse((await ann.get(`/settings/pictures/status?of=${kind}`)).html) as {
      busy: boolean;
      mark: string;
    };
  const waiting = ({ html }: { html: string }) => html.includes('http-equiv="refresh"');

  test('a picture that is being made says so on every page of its owner, and is seen by nobody yet', async () => {
    const { ann, username } = await joined();
    await upload(ann, 'avatar', await jpegOf());
    await upload(ann, 'photo', await jpegOf());
    const profile = await ann.get('/profile');
    expect(profile.html).toContain('We&#39;re processing your new picture.');
    expect([waiting(profile), shownIn(profile.html)]).toEqual([true, []]);
    expect((await ann.get('/settings/avatar')).html).toContain('We&#39;re processing your new picture.');
    expect((await ann.get('/settings/photos')).html).toContain('Processing…');
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
    expect((await ann.get('/settings/photos')).html).not.toContain('Processing…');
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
    expect(textOf((await ann.get('/settings/photos')).html)).toContain(
      'The picture is damaged or incomplete.',
    );
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
      'We couldn&#39;t process this picture. Please send it again.',
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
});
