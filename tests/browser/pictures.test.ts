import { expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { heicOfCorners } from '../support/heic.ts';
import { fromPixels, html, jpegOf } from '../support/pictures.ts';

const { browser, base } = await browserOfThisFile();

function file(buffer: Buffer, mimeType = 'image/jpeg') {
  return { name: 'holiday.jpg', mimeType, buffer };
}
function choose(guest: Guest, name: string, buffer: Buffer, mimeType?: string) {
  return guest.page.locator(`input[name=${name}]`).setInputFiles(file(buffer, mimeType));
}
/** Pictures of a page that have come, by how wide they are. */
function drawnWidths(guest: Guest) {
  return guest.page.evaluate(
    `[...document.images].filter((i) => i.currentSrc.includes('/media/') && i.complete).map((i) => i.naturalWidth)`,
  ) as Promise<number[]>;
}

/** Black beside white, in stripes as wide as a sixteenth: blurred they are grey. */
function stripes(side: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3);
  for (let n = 0; n < side * side; n++)
    pixels.fill(Math.floor(((n % side) / side) * 16) % 2 ? 255 : 0, n * 3, n * 3 + 3);
  return fromPixels(pixels, side, side).jpeg().toBuffer();
}
/** How much of what is on the screen is plainly black or white, from 0 to 1; only the middle, for corners are round. */
async function sharpness(drawn: Locator): Promise<number> {
  const shot = await drawn.screenshot();
  const { width, height } = await sharp(shot).metadata();
  const middle = {
    left: Math.floor(width / 4),
    top: Math.floor(height / 4),
    width: width >> 1,
    height: height >> 1,
  };
  const seen = await sharp(shot).extract(middle).greyscale().raw().toBuffer();
  return seen.filter((grey) => grey < 50 || grey > 205).length / seen.length;
}
/** Waits until the first picture in there has come. */
async function come({ page }: Guest, inside: string): Promise<void> {
  const picture = `${inside} img[src^="/media/"]`;
  await page.locator(picture).first().scrollIntoViewIfNeeded();
  await page.evaluate(`document.querySelector('${picture}').decode()`);
}

test('a picture that has come is seen, and not what stood there before', async () => {
  const ida = await Guest.arrive(browser, base);
  const { username } = await ida.moveIn();
  const { page } = ida;
  await page.goto('/settings/photos');
  await choose(ida, 'photo', await stripes(512));
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await come(ida, '.own-photos');
  expect(await sharpness(page.locator('.own-photos .picture'))).toBeGreaterThan(0.6);
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
  await ann.moveIn();
  const { page } = ann;
  await page.getByRole('link', { name: 'Add a picture' }).first().click();
  await choose(ann, 'avatar', await jpegOf(900, 700));
  await page.getByAltText('The picture you chose').waitFor();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.waitForURL('**/profile');
  // One box says that it is being made, or none does any more.
  expect(await page.locator('.notice').count()).toBeLessThan(2);
  await page.locator('.person-head img[src^="/media/"]').waitFor();
  await come(ann, '.person-head');
  expect((await drawnWidths(ann))[0]).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Change your picture' }).click();
  await page.getByText('Remove my picture').click();
  await page.getByRole('button', { name: 'Yes, remove it' }).click();
  await page.waitForURL('**/profile');
  await page.getByText('Your picture has been removed.').waitFor();
  expect(await page.locator('.person-head img').count()).toBe(0);
  expect(ann.complaints).toEqual([]);
});

test('Ben fills his gallery; what is no picture is refused beside the field, and typed words stay', async () => {
  const ben = await Guest.arrive(browser, base, { viewport: { width: 390, height: 800 } });
  const { username } = await ben.moveIn();
  const { page } = ben;
  await page.goto('/settings/photos');
  await page.getByLabel('What it shows (optional)').fill('Two hats');
  await choose(ben, 'photo', html);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText("This file isn't a picture.").waitFor();
  const field = page.locator('input[name=photo]');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.getAttribute('aria-describedby')).toBe('photo-hint photo-fault');
  expect(await page.locator('#photo-fault svg').isVisible()).toBe(true);
  await choose(ben, 'photo', Buffer.alloc(11 * 1024 * 1024, 1));
  await page.getByText('This picture is larger than 10 MB.').waitFor();
  await choose(ben, 'photo', await jpegOf(1800, 1200));
  await page.getByAltText('The picture you chose').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBeNull();
  // It will be kept whole, and is shown so.
  const preview = (await page.getByAltText('The picture you chose').boundingBox())!;
  expect(preview.width / preview.height).toBeCloseTo(1.5, 1);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('Photo added.').waitFor();
  await page.getByAltText('Two hats').waitFor();
  expect(await page.getByText('1 of 9').count()).toBe(1);

  const cem = await Guest.arrive(browser, base);
  await cem.moveIn();
  await cem.page.goto(`/people/${username}`);
  expect(cem.complaints).toEqual([]);

  await page.locator('summary', { hasText: 'Remove' }).click();
  await page.getByRole('button', { name: /Yes, remove it.*Two hats/ }).click();
  await page.getByText('The photo has been removed.').waitFor();
  expect(ben.complaints).toEqual([]);
});

async function addPhoto(guest: Guest, bytes: Buffer, alt: string): Promise<void> {
  const { page } = guest;
  await page.goto('/settings/photos');
  await page.getByLabel('What it shows (optional)').fill(alt);
  await choose(guest, 'photo', bytes);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('Photo added.').waitFor();
}

test('Eva looks through the photos of another in a dialog, with the keyboard, and comes back to where she was', async () => {
  const ben = await Guest.arrive(browser, base);
  const { username } = await ben.moveIn();
  for (const [width, alt] of [
    [1800, 'Two hats'],
    [900, 'A boat'],
    [300, ''],
  ] as const)
    await addPhoto(ben, await jpegOf(width, 600), alt);
  await ben.page.locator('[data-pictures]:not([data-busy])').waitFor();

  for (const colorScheme of ['light', 'dark'] as const) {
    const eva = await Guest.arrive(browser, base, { colorScheme });
    await eva.moveIn();
    const { page } = eva;
    await page.goto(`/people/${username}`);
    await page.locator('.photos a').first().focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Photos' });
    await dialog.getByAltText('Two hats').waitFor();
    expect(await dialog.getByText('1 of 3').isVisible()).toBe(true);
    expect(await faultsOfAxe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('A boat').waitFor();
    await page.keyboard.press('ArrowRight');
    await dialog.getByText(`Photo 3 by ${username}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await dialog.getByText('Two hats').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await dialog.getByText('A boat').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('.photos li:nth-child(2) a:focus').waitFor();
    expect(eva.complaints).toEqual([]);
    await eva.context.close();
  }

  const cem = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  await cem.moveIn();
  await cem.page.goto(`/people/${username}`);
  await cem.page.getByAltText('Two hats').click();
  await cem.page.waitForURL('**/media/*.photo-1600.webp');
});

test('Fay puts her photos in order and describes one, where they are', async () => {
  const fay = await Guest.arrive(browser, base);
  await fay.moveIn();
  const { page } = fay;
  for (const alt of ['First', 'Second']) await addPhoto(fay, await jpegOf(200, 200), alt);
  await page.locator('[data-pictures]:not([data-busy])').waitFor();
  await page.getByRole('button', { name: /Move earlier.*Second/ }).click();
  await page.getByRole('button', { name: /Move earlier.*First/ }).waitFor();
  await page.locator('summary', { hasText: /Edit description.*First/ }).click();
  const field = page.getByLabel('What it shows', { exact: true }).locator('visible=true');
  await field.fill('Two hats');
  await page.getByRole('button', { name: 'Save' }).locator('visible=true').click();
  await page.getByText('The description has been saved.').waitFor();
  expect(await page.locator('.photo-alt').allTextContents()).toEqual(['Second', 'Two hats']);
  expect(fay.complaints).toEqual([]);
});

test('Gil was signed out in another tab: the page says so, keeps what he wrote, and goes on when he is back', async () => {
  const gil = await Guest.arrive(browser, base);
  const { username, password } = await gil.moveIn();
  const { page } = gil;
  await page.goto('/settings/photos');
  await page.getByLabel('What it shows (optional)').fill('Two hats');
  await choose(gil, 'photo', await jpegOf(200, 200));
  const tab = await gil.context.newPage();
  await tab.goto('/profile');
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.waitForURL('**/login');

  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('You were signed out in another tab').waitFor();
  expect(await page.getByLabel('What it shows (optional)').inputValue()).toBe('Two hats');

  const signIn = async (who: string, secret: string) => {
    await tab.goto('/login');
    await tab.locator('[name=identifier]').fill(who);
    await tab.locator('[name=password]').fill(secret);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL('**/people');
  };
  await signIn(username, password);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('Photo added.').waitFor();
  await page.locator('.photo-alt', { hasText: 'Two hats' }).waitFor();

  // Whoever signed in meanwhile must not get the picture of another.
  const hal = await Guest.arrive(browser, base);
  const other = await hal.moveIn();
  await page.getByLabel('What it shows (optional)').fill('Mine');
  await choose(gil, 'photo', await jpegOf(200, 200));
  await tab.goto('/profile');
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.waitForURL('**/login');
  await signIn(other.username, other.password);
  await page.getByRole('button', { name: 'Add this photo' }).click();
  await page.getByText('Someone else is signed in here now').waitFor();
  await tab.goto('/settings/photos');
  await tab.getByText('No photos yet.').waitFor();
});

test('Ivo chooses what his browser cannot show: HEIC is no mistake, a text is', async () => {
  const ivo = await Guest.arrive(browser, base);
  await ivo.moveIn();
  const { page } = ivo;
  await page.goto('/settings/photos');
  const input = page.locator('input[name=photo]');
  await input.setInputFiles({ name: 'IMG_1.HEIC', mimeType: '', buffer: heicOfCorners() });
  await page.getByText('No preview for this kind').waitFor();
  expect(await input.getAttribute('aria-invalid')).toBeNull();
  // Its name says nothing: neither that of a picture nor that of a text.
  await choose(ivo, 'photo', heicOfCorners());
  await page.getByText('No preview for this kind').waitFor();
  expect(await input.getAttribute('aria-invalid')).toBeNull();
  await input.setInputFiles({ name: 'notes.heic', mimeType: 'image/heic', buffer: Buffer.from('Notes') });
  await page.getByText("This file isn't a picture.").waitFor();
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes') });
  await page.getByText("This file isn't a picture.").waitFor();
  expect(await page.getByText('No preview for this kind').count()).toBe(0);
  await choose(ivo, 'photo', (await jpegOf()).subarray(0, 200));
  await page.getByText('This picture is damaged or incomplete.').waitFor();
});

test('Kai sees a photo no more once its owner took it away, nor once he signed out', async () => {
  const [jo, kai] = [await Guest.arrive(browser, base), await Guest.arrive(browser, base)];
  const { username } = await jo.join();
  await kai.join();
  await addPhoto(jo, await jpegOf(300, 200), 'First');
  await addPhoto(jo, await jpegOf(300, 200), 'Second');
  await jo.page.locator('[data-pictures]:not([data-busy])').waitFor();
  await kai.page.goto(`/people/${username}`);
  await come(kai, '.photos');
  const [first, second] = (await kai.page.evaluate(
    `[...document.querySelectorAll('.photos img:not(.picture-early)')].map((i) => i.currentSrc)`,
  )) as [string, string];
  const statusOf = async (address: string) => (await kai.page.goto(address))!.status();
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

  await jo.page.locator('summary', { hasText: 'Remove' }).first().click();
  await jo.page.getByRole('button', { name: /Yes, remove it.*First/ }).click();
  await jo.page.getByText('The photo has been removed.').waitFor();
  expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);

  await kai.page.goto('/profile');
  await kai.page.getByRole('button', { name: 'Sign out' }).click();
  await kai.page.waitForURL('**/login');
  await kai.page.goto(second);
  expect(new URL(kai.page.url()).pathname).toBe('/login');
});

test('Dia does the same with scripts switched off', async () => {
  const dia = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  await dia.moveIn();
  const { page } = dia;
  await page.goto('/settings/avatar');
  await choose(dia, 'avatar', html);
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('link', { name: /This file isn't a picture/ }).waitFor();
  await choose(dia, 'avatar', Buffer.alloc(11 * 1024 * 1024, 1));
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('link', { name: /larger than 10 MB/ }).waitFor();
  await choose(dia, 'avatar', await jpegOf(300, 300));
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.waitForURL('**/profile');
  // The page loads itself again until the picture is there.
  await page.locator('.person-head img[src^="/media/"]').waitFor();
});
