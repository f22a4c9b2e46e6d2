import { beforeAll, expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { picturesOf, settled, shownIn, upload } from '../../support/uploading.ts';
import { faultsIn, textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
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
  expect(textOf(own.html)).toContain('The description is saved.');
  expect(shownIn(own.html)).toEqual(before);
  expect(await order(ben, `/people/${username}`)).toBe('Two hats 2');
  await describe(ann, ids[0]!, '');
  expect(await order(ben, `/people/${username}`)).toBe(`Photo 1 of ${username} 2`);
});

test('a changed description obeys the law of a new one, and comes back at its own photo', async () => {
  const { ann, ids } = await galleryOf(2);
  expect((await describe(ann, ids[1]!, 'ä'.repeat(200))).status).toBe(303);
  const page = await describe(ann, ids[1]!, 'ä'.repeat(201));
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({
    [`alt-${ids[1]}`]: 'Use at most 200 characters. You have 201.',
  });
  expect(page.html).toContain(`href="#alt-${ids[1]}"`);
  expect(page.html).toContain(`value="${'ä'.repeat(201)}"`);
  expect(page.html.match(/<details class="more" open>/g)).toHaveLength(1);
  expect(faultsIn((await describe(ann, ids[1]!, 'a\u202eb')).html)[`alt-${ids[1]}`]).toContain(
    'turns the direction',
  );
  expect(await order(ann)).toBe(`1 ${'ä'.repeat(200)}`);
  expect((await ann.post(`/settings/photos/${ids[1]}`, { alt: 'a', x: '1' })).status).toBe(400);
  expect((await ann.post(`/settings/photos/${ids[1]}`, { alt: ['a', 'b'] })).status).toBe(400);
});

test('photos go earlier and later by one place, and no further than the ends', async () => {
  const { ann, username, ids } = await galleryOf(4);
  const moved = async (n: number, to: string) => {
    const page = await move(ann, ids[n]!, to);
    expect([page.status, page.redirectedTo]).toEqual([303, '/settings/photos']);
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
    for (const alt of ['Mine now', 'ä'.repeat(201)]) expect((await describe(who, id, alt)).status).toBe(404);
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
    expect([page.status, page.header('allow')]).toEqual([405, 'POST']);
  }
  expect(await order(ann)).toBe('1 2');
});
