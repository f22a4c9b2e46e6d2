import { beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { jpegOf } from '../../support/pictures.ts';
import { picturesOf, settled, upload } from '../../support/uploading.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const [ann, ben]: Visitor[] = [visitor(house), visitor(house)];
const [mine, theirs] = [new ApiClient(ann!), new ApiClient(ben!)];
let username: string;
let ids: string[];

interface Listed {
  id: string;
  state: string;
  alt: string;
  picture: { sizes: { url: string; width: number; height: number }[] } | null;
}
async function gallery(): Promise<Listed[]> {
  return (await mine.get('/settings/photos')).body.items as Listed[];
}

beforeAll(async () => {
  await house.empty();
  ({ username } = await ann!.signUp());
  await ben!.signUp();
  for (const alt of ['A hat', 'A boat', '']) await upload(ann!, 'photo', await jpegOf(700, 500), { alt });
  await upload(ann!, 'avatar', await jpegOf(600, 600));
  await settled(house, username);
  ids = (await gallery()).map(({ id }) => id);
});

test('a gallery lists every photo with its sizes, which its owner may fetch', async () => {
  const photos = await gallery();
  expect(photos.map(({ alt, state }) => [alt, state])).toEqual([
    ['A hat', 'ready'],
    ['A boat', 'ready'],
    ['', 'ready'],
  ]);
  const [largest] = photos[0]!.picture!.sizes;
  expect(largest).toMatchObject({ width: 700, height: 500 });
  expect((await ann!.get(largest!.url)).status).toBe(200);
  expect((await mine.get('/settings/photos')).body.max).toBe(9);
  expect((await mine.get('/settings/avatar')).body.items).toMatchObject([{ state: 'ready', alt: '' }]);
});

test('others see what is ready, and nothing of how it is kept', async () => {
  const { body } = await theirs.get(`/people/${username}`);
  expect(body).toMatchObject({
    avatar: { alt: '' },
    photos: [{ alt: 'A hat' }, { alt: 'A boat' }, { alt: '' }],
  });
  expect(JSON.stringify(body)).not.toMatch(/mediaKey|incoming|refusal|state/);
});

describe('a photo', () => {
  test('is described, moved and removed by its owner', async () => {
    const [hat, boat, third] = ids;
    expect((await mine.post(`/settings/photos/${third}`, { alt: 'A lamp' })).status).toBe(200);
    expect((await mine.post(`/settings/photos/${third}/move`, { to: 'earlier' })).status).toBe(200);
    expect((await gallery()).map(({ id }) => id)).toEqual([hat, third, boat]);
    expect((await mine.post(`/settings/photos/${boat}/remove`)).status).toBe(200);
    expect((await gallery()).map(({ alt }) => alt)).toEqual(['A hat', 'A lamp']);
    expect((await mine.post('/settings/avatar/remove')).status).toBe(200);
    expect((await mine.get('/settings/avatar')).body.items).toEqual([]);
  });

  test('of somebody else is not there, and stays as it is', async () => {
    const before = await settled(house, username);
    for (const [path, fields] of [
      [`/settings/photos/${ids[0]}`, { alt: 'Mine' }],
      [`/settings/photos/${ids[0]}/move`, { to: 'later' }],
      [`/settings/photos/${ids[0]}/remove`, {}],
    ] as const) {
      const answer = await theirs.post(path, fields);
      expect([path, answer.status, answer.body.reason]).toEqual([path, 404, 'not-there']);
    }
    expect(await picturesOf(house, username)).toEqual(before);
  });

  test.each(['x', '1', "0193a5c2' OR true --", '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42', '%00', '..%2f..'])(
    'that nobody has (%s) is not there',
    async (id) => {
      for (const act of ['', '/move', '/remove']) {
        const fields = act === '' ? { alt: 'x' } : act === '/move' ? { to: 'later' } : {};
        expect((await mine.post(`/settings/photos/${id}${act}`, fields)).status).toBe(404);
      }
    },
  );

  test('is not named twice, in the address and beside it', async () => {
    const path = `/settings/photos/${ids[0]}`;
    expect((await mine.post(path, { id: ids[0], alt: 'x' })).status).toBe(400);
    expect((await mine.post(`${path}/remove`, { id: ids[1] })).status).toBe(400);
  });

  test.each([
    [{ to: 'up' }, 400],
    [{}, 400],
    [{ to: ['later', 'later'] }, 400],
    [{ to: true }, 400],
  ])('moved %j stays', async (fields, status) => {
    expect((await mine.post(`/settings/photos/${ids[0]}/move`, fields)).status).toBe(status);
  });

  test('takes no description that pages refuse', async () => {
    const { status, body } = await mine.post(`/settings/photos/${ids[0]}`, { alt: 'x'.repeat(201) });
    expect([status, body.errors]).toEqual([
      422,
      [{ field: 'alt', message: "Use at most 200 characters. You've used 201." }],
    ]);
  });
});
