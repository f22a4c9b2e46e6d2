import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { faultsOfAxe } from '../support/axe.ts';
import { openChromium } from '../support/browser.ts';
import { openGallery } from '../support/gallery.ts';
import { letters, pages } from '../support/pages.ts';

const pageAddresses = pages.map((page) => `/page/${page.name}`);
const addresses = [
  ...pageAddresses,
  ...letters.filter((l) => (l.parts as readonly string[]).includes('html')).map((l) => `/letter/${l.name}`),
];

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

/** Walks the catalogue in one window and collects what is wrong on each page. */
const walk = async (
  page: Page,
  look: (page: Page) => Promise<string[]>,
  through = addresses,
): Promise<string[]> => {
  const faults: string[] = [];
  for (const address of through) {
    await page.goto(gallery.base + address);
    faults.push(...(await look(page)).map((fault) => `${address}: ${fault}`));
  }
  return faults;
};

test.each([
  ['phone', 'light', 360],
  ['phone', 'dark', 360],
  ['desktop', 'light', 1280],
  ['desktop', 'dark', 1280],
] as const)(
  'axe finds nothing on any page: %s, %s',
  async (_device, colorScheme, width) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    expect(await walk(await context.newPage(), faultsOfAxe)).toEqual([]);
    await context.close();
  },
  240_000,
);

/** 320 CSS pixels are 1280 at 400 % (WCAG 1.4.10); 195 are a phone of 390 at 200 %, and 160 one of 320. */
test.each([320, 195, 160])(
  'nothing has to be scrolled sideways at %i pixels',
  async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 600 } });
    const overflow = async (page: Page): Promise<string[]> => {
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      return Number(over) > 0 ? [`${String(over)} pixels too wide`] : [];
    };
    expect(await walk(await context.newPage(), overflow, pageAddresses)).toEqual([]);
    await context.close();
  },
  120_000,
);
