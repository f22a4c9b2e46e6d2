import { expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { fromPixels, html, jpegOf } from '../support/pictures.ts';

const { browser, base } = await browserOfThisFile();

const file = (buffer: Buffer, mimeType = 'image/jpeg') => ({ name: 'holiday.jpg', mimeType, buffer });
const choose = (guest: Guest, name: string, buffer: Buffer, mimeType?: string) =>
  guest.page.locator(`input[name=${name}]`).setInputFiles(file(buffer, mimeType));
/** Pictures of a page that have come, by how wide they are. */
const drawnWidths = (guest: Guest) =>
  guest.page.evaluate(
    `[...document.images].filter((i) => i.currentSrc.includes('/media/') && i.complete).map((i) => i.naturalWidth)`,
  ) as Promise<number[]>;

/** Black beside white, in stripes as wide as a sixteenth: blurred they are grey. */
const stripes = (side: number): Promise<Buffer> => {
  const pixels = Buffer.alloc(side * side * 3);
  for (let n = 0; n < side * side; n++)
    pixels.fill(Math.floor(((n % side) / side) * 16) % 2 ? 255 : 0, n * 3, n * 3 + 3);
  return fromPixels(pixels, side, side).jpeg().toBuffer();
};
/** How much of what is on the screen is plainly black or white, from 0 to 1; only the middle, for corners are round. */
const sharpness = async (drawn: Locator): Promise<number> => {
  const shot = await drawn.screenshot();
  const { width = 0, height = 0 } = await sharp(shot).metadata();
  const middle = {
    left: Math.floor(width / 4),
    top: Math.floor(height / 4),
    width: width >> 1,
    height: height >> 1,
  };
  const seen = await sharp(shot).extract(middle).greyscale().raw().toBuffer();
  return seen.filter((grey) => grey < 50 || grey > 205).length / seen.length;
};
/** Waits until the first picture in there has come. */
const come = async ({ page }: Guest, inside: string): Promise<void> => {
  const picture = `${inside} img[src^="/media/"]`;
  await page.locator(picture).first().scrollIntoViewIfNeeded();
  await page.evaluate(`document.querySelector('${picture}').decode()`);
};

test('a picture that has come is seen, and not what stood there before', async () => {
  const ida = await Guest.arrive(browser, base);
  const { username } = await ida.join();
  const { page } = ida;
  await page.goto('/settings/photos');
  await choose(ida, 'photo', await stripes(512));
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await come(ida, '.photos');
  expect(await sharpness(page.locator('.photos .picture'))).toBeGreaterThan(0.6);
  await page.goto('/settings/avatar');
  await choose(ida, 'avatar', await stripes(512));
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.waitForURL('**/profile');
  await come(ida, '.person-head');
  expect(await sharpness(page.locator('.person-head .picture'))).toBeGreaterThan(0.6);
  await page.goto(`/people/${username}`);
  await come(ida, '.photos');
  expect(await sharpness(page.locator('.photos .picture'))).toBeGreaterThan(0.6);
});

test('Ann sees her picture before she sends it, sees it on her profile, and takes it away', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.join();
  const { page } = ann;
  await page.getByRole('link', { name: 'Add a picture' }).click();
  await choose(ann, 'avatar', await jpegOf(900, 700));
  await page.getByAltText('The picture you chose').waitFor();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.waitForURL('**/profile');
  await page.getByText('We have your picture.').waitFor();
  await page.locator('.person-head img[src^="/media/"]').waitFor();
  await page.waitForFunction(`document.querySelector('.person-head img[src^="/media/"]').complete`);
  expect((await drawnWidths(ann))[0]).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Change your picture' }).click();
  await page.getByRole('button', { name: 'Remove my picture' }).click();
  await page.waitForURL('**/profile');
  await page.getByText('Your picture is removed.').waitFor();
  expect(await page.locator('.person-head img').count()).toBe(0);
  expect(ann.complaints).toEqual([]);
});

test('Ben fills his gallery; what is no picture is refused beside the field, and typed words stay', async () => {
  const ben = await Guest.arrive(browser, base, { viewport: { width: 390, height: 800 } });
  const { username } = await ben.join();
  const { page } = ben;
  await page.goto('/settings/photos');
  await page.getByLabel('What it shows (optional)').fill('Two hats');
  await choose(ben, 'photo', html);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('This file is not a picture.').waitFor();
  await choose(ben, 'photo', Buffer.alloc(11 * 1024 * 1024, 1));
  await page.getByText('This picture is larger than 10 MB.').waitFor();
  await choose(ben, 'photo', await jpegOf(1800, 1200));
  await page.getByAltText('The picture you chose').waitFor();
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('We have your photo.').waitFor();
  await page.getByAltText('Two hats').waitFor();
  expect(await page.getByText('1 of 9').count()).toBe(1);

  const cem = await Guest.arrive(browser, base);
  await cem.join();
  await cem.page.goto(`/people/${username}`);
  expect(cem.complaints).toEqual([]);
  await cem.page.getByAltText('Two hats').click();
  await cem.page.waitForURL('**/media/*.photo-1600.webp');
  expect(await cem.page.evaluate('document.images[0].naturalWidth')).toBe(1600);

  await page.getByRole('button', { name: 'Remove Two hats' }).click();
  await page.getByText('The photo is removed.').waitFor();
  expect(ben.complaints).toEqual([]);
});

test('Dia does the same with scripts switched off', async () => {
  const dia = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  await dia.join();
  const { page } = dia;
  await page.goto('/settings/avatar');
  await choose(dia, 'avatar', html);
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('link', { name: /This file is not a picture/ }).waitFor();
  await choose(dia, 'avatar', await jpegOf(300, 300));
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.waitForURL('**/profile');
  // The page loads itself again until the picture is there.
  await page.locator('.person-head img[src^="/media/"]').waitFor();
});
