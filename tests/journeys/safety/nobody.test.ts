import { beforeAll, describe, expect, test } from '@jest/globals';
import { routesOfApp } from '../../../src/web/routes.ts';
import { edit } from '../../support/editing.ts';
import { differences } from '../../support/nobody.ts';
import { drawn, jpegOf } from '../../support/pictures.ts';
import { heardHouse } from '../../support/statements.ts';
import { settled, upload } from '../../support/uploading.ts';
import { type Page, visitor } from '../../support/visitor.ts';

/** Whom a viewer may not see is nobody to them, on every surface: status, words, bytes, and what is asked of Postgres. */
const { house, worker, statements } = await heardHouse();

const [ann, ben] = [visitor(house), visitor(house)];
let username: string;
let pictures: string[];
beforeAll(async () => {
  ({ username } = await ann.signUp());
  await ben.signUp();
  await ben.get('/profile');
  await ann.get('/settings/photos');
  await upload(ann, 'avatar', await drawn(300, 300).jpeg().toBuffer());
  await upload(ann, 'photo', await jpegOf(20, 20), { alt: 'A hat' });
  const rows = await settled(worker, username);
  pictures = rows.flatMap(({ kind, mediaKey }) =>
    (kind === 'avatar' ? ['avatar-64', 'avatar-256'] : ['photo-512', 'photo-1600']).map(
      (variant) => `${mediaKey}.${variant}.webp`,
    ),
  );
});

/** Where a route shows a person or what is theirs, and the same of nobody; null: what it has in its address is no person's. */
const surfaces: Record<string, (() => [string, string][]) | null> = {
  '/people/:username': () => [[`/people/${username}`, '/people/nobody_called_so']],
  '/api/v1/people/:username': () => [[`/api/v1/people/${username}`, '/api/v1/people/nobody_called_so']],
  '/media/:key': () =>
    pictures.map((key) => [`/media/${key}`, `/media/${'A'.repeat(22)}${key.slice(key.indexOf('.'))}`]),
  '/contact/undo/:token': null,
  '/password/link/:token': null,
  '/dev/outbox/:file': null,
};
const asked = (): [string, string][] => Object.values(surfaces).flatMap((of) => of?.() ?? []);

test('every address with something in it is known here', () => {
  const open = routesOfApp(house.house.app).filter(
    ({ method, path }) => method === 'GET' && /[:*]/.test(path),
  );
  expect(open.map(({ path }) => path).toSorted()).toEqual(Object.keys(surfaces).toSorted());
});

test('whom one may see is not nobody', async () => {
  for (const [theirs, nobodys] of asked()) {
    const [seen, nobody] = [await ben.get(theirs), await ben.get(nobodys)];
    expect([seen.status, nobody.status]).toEqual([200, 404]);
    expect(differences(seen, nobody)).toEqual(expect.arrayContaining(['status', 'bytes']));
  }
});

const person = (set: string) =>
  house.stores.sql(`UPDATE "User" SET ${set} WHERE "usernameKey" = $1`, [username]);

describe.each([
  ['hidden', () => edit(ann, { visibility: 'nobody' }), () => person(`"visibility" = 'members'`)],
  [
    'leaving',
    () => person(`"leavingAt" = now(), "purgeAt" = now() + interval '14 days'`),
    () => person(`"leavingAt" = NULL, "purgeAt" = NULL`),
  ],
  [
    'leaving since long',
    () => person(`"leavingAt" = '2020-01-01', "purgeAt" = '2020-01-01'`),
    () => person(`"leavingAt" = NULL, "purgeAt" = NULL`),
  ],
])('whoever is %s', (_, hide, show) => {
  test('is nobody, on every surface, asked for by the same statements', async () => {
    await hide();
    const found: [string, string[]][] = [];
    for (const [theirs, nobodys] of asked()) {
      const pages: Page[] = [];
      const [heard, usual] = [
        await statements.during(async () => pages.push(await ben.get(theirs))),
        await statements.during(async () => pages.push(await ben.get(nobodys))),
      ];
      expect(heard).toEqual(usual);
      expect(pages.map(({ status }) => status)).toEqual([404, 404]);
      found.push([theirs, differences(pages[0]!, pages[1]!)]);
    }
    await show();
    expect(found).toEqual(asked().map(([theirs]) => [theirs, []]));
  });

  test('is seen again afterwards', async () => {
    for (const [theirs] of asked()) expect((await ben.get(theirs)).status).toBe(200);
  });
});

describe('a surface that forgets to ask is told apart:', () => {
  const page = (status: number, html: string): Page => ({
    status,
    html,
    bytes: null,
    redirectedTo: null,
    header: () => undefined,
  });
  /** Reads the person whoever asks, and answers by `show`. */
  const planted = async (name: string, show: (bio: string | null) => Page): Promise<Page> => {
    const [row] = await house.stores.sql<{ bio: string }>(
      'SELECT "bio" FROM "User" WHERE "usernameKey" = $1',
      [name],
    );
    return show(row?.bio ?? null);
  };

  test.each<[string, (bio: string | null) => Page, string[]]>([
    ['by its status', (bio) => page(bio === null ? 404 : 200, ''), ['status']],
    ['by a word', (bio) => page(404, bio === null ? '<p>Nobody</p>' : '<p>Hidden</p>'), ['words']],
    [
      'by what only a program reads',
      (bio) => page(404, bio === null ? '' : `<!--${'x'.repeat(33)}-->`),
      ['bytes'],
    ],
  ])('%s', async (_, show, by) => {
    await person(`"visibility" = 'nobody'`);
    expect(differences(await planted(username, show), await planted('nobody_called_so', show))).toEqual(by);
  });
});
