import { expect, test } from '@jest/globals';
import { pictureFaults } from '../../../src/platform/picture-faults.ts';
import { hostile } from '../../support/hostile-pictures.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, picturesOf, settled, upload } from '../../support/uploading.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Damaged where only decoding sees it: taken first, and refused by the job. */
const seenLate = [
  'PNG of a wrong checksum',
  'JPEG of a head only',
  'a JPEG head on a ZIP',
  'HEIC with nothing in its slices',
];

test.each(hostile)('%s is refused (%s), and nothing of it kept', async (what, reason, make) => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const before = await files(house);
  const page = await upload(ann, 'photo', await make(), { type: '' });
  if (page.status === 422) {
    expect(faultsIn(page.html)).toEqual({ photo: pictureFaults[reason] });
    expect(await picturesOf(house, username)).toEqual([]);
  } else {
    expect([page.status, seenLate]).toEqual([303, expect.arrayContaining([what])]);
    expect(await settled(house, username)).toMatchObject([{ state: 'refused', refusal: reason }]);
    expect((await ann.get('/settings/photos')).html).toContain(pictureFaults[reason]);
  }
  expect(await files(house)).toEqual(before);
});

test.each(['image/png', 'text/html', 'image/svg+xml'])(
  'a JPEG that says it is %s is refused',
  async (type) => {
    const ann = visitor(house);
    await ann.signUp();
    const page = await upload(ann, 'avatar', await jpegOf(), { type });
    expect([page.status, faultsIn(page.html)]).toEqual([422, { avatar: pictureFaults.mislabelled }]);
  },
);

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
