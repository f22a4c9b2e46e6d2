import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from '../support/browser.ts';
import { openGallery } from '../support/gallery.ts';

let browser: Browser;
let gallery: Awaited<ReturnType<typeof openGallery>>;

beforeAll(async () => {
  [browser, gallery] = await Promise.all([openChromium(), openGallery()]);
});
afterAll(async () => {
  await browser.close();
  gallery.server.closeAllConnections();
  gallery.server.close();
});

const at = async (width: number, name: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.goto(`${gallery.base}/page/${name}`);
  return page;
};
interface Box {
  left: number;
  right: number;
  middle: number;
  height: number;
}
const boxes = (page: Page, selector: string) =>
  page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => { const b = e.getBoundingClientRect();
       return { left: b.left, right: b.right, middle: Math.round((b.top + b.bottom) / 2), height: b.height }; })`,
  ) as Promise<Box[]>;
const rows = (found: readonly Box[]): number => new Set(found.map(({ middle }) => middle)).size;

test.each([320, 390, 1180])(
  'at %i pixels the settings stand in one row, the open one in sight',
  async (width) => {
    for (const name of ['photos-none', 'account-nothing-yet']) {
      const page = await at(width, name);
      expect(rows(await boxes(page, '.settings-nav a'))).toBe(1);
      const [open] = await boxes(page, '.settings-nav [aria-current="page"]');
      expect([open!.left >= 0, open!.right <= width]).toEqual([true, true]);
      await page.close();
    }
  },
);

test('a message is as wide as the page that it stands on', async () => {
  for (const width of [390, 1180]) {
    const page = await at(width, 'profile-welcome');
    const [[message], [card]] = [await boxes(page, '.flash-wrap .notice'), await boxes(page, '.card')];
    expect([message!.left, message!.right]).toEqual([card!.left, card!.right]);
    await page.close();
  }
});

test('on the smallest phone the header is one row, and photos are three columns', async () => {
  const page = await at(320, 'person-long-names');
  expect(rows(await boxes(page, '.site-header .wrap > *'))).toBe(1);
  const photos = await boxes(page, '.photos li');
  expect([photos.length, rows(photos)]).toEqual([9, 3]);
  await page.close();
});

test('an address is not broken for the badge beside it', async () => {
  const page = await at(1180, 'profile-two-contacts');
  // As long as the row, with a badge that is long as well.
  await page.evaluate(
    `document.querySelector('.contact-value').textContent = 'w••••••••••••••@example-of-a-house.org';
     document.querySelector('.contact-list .badge').append(' in November 2026, by a code that we sent');`,
  );
  const [value] = await boxes(page, '.contact-value');
  expect(value!.height).toBeLessThan(40);
  await page.close();
});
