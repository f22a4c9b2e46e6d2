import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { days, systemClock } from '../../src/kernel/clock.ts';
import { faultsInAllColours, faultsInBothSchemes } from '../support/axe.ts';
import { galleryOfThisFile } from '../support/gallery.ts';
import { together } from '../support/many.ts';
import { messages, pages } from '../support/pages.ts';
import { changeOfTheDay, isItsDay, looksChanged } from '../support/rotation.ts';

const pageAddresses = pages.map((page) => `/page/${page.name}`);
const addresses = [
  ...pageAddresses,
  ...messages.filter((l) => (l.parts as readonly string[]).includes('html')).map((l) => `/letter/${l.name}`),
];

const { browser, gallery } = await galleryOfThisFile();

/** Windows at once: while one is drawn, another is looked at. */
const WINDOWS = 2;

/** Walks the catalogue in windows of a size and collects what is wrong on each page. */
async function walk(
  viewport: { width: number; height: number },
  look: (page: Page) => Promise<string[]>,
  through: readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  const ahead = [...through];
  const one = async (): Promise<void> => {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (let address = ahead.shift(); address; address = ahead.shift()) {
      await page.goto(gallery.base + address);
      faults.push(...(await look(page)).map((fault) => `${address}: ${fault}`));
    }
    await context.close();
  };
  await together(WINDOWS, one);
  return faults;
}

test('axe finds nothing on any page, in light or dark', async () => {
  expect(await walk({ width: 360, height: 800 }, faultsInBothSchemes, addresses)).toEqual([]);
}, 900_000);

/** Every page where all were asked for; else those whose looks changed in a day, and a seventh of the others. */
function wholeMatrix(): string[] {
  const change = process.env.TEST_EVERY_STATE === 'yes' ? null : changeOfTheDay();
  const changed = change ? looksChanged(change) : () => true;
  const today = Math.floor(systemClock.now().getTime() / days(1));
  const drawn = pages.map(({ name, view }) => ({ name, view, html: gallery.html(name) }));
  return drawn.filter((page) => changed(page) || isItsDay(page, today)).map(({ name }) => `/page/${name}`);
}

test('axe finds nothing at either width, in any colours', async () => {
  const faults: string[] = [];
  for (const width of [360, 1280])
    faults.push(...(await walk({ width, height: 800 }, faultsInAllColours, wholeMatrix())));
  expect(faults).toEqual([]);
}, 1_800_000);

test('what cannot be read in dark alone is found', async () => {
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><html lang="en"><title>Grey</title><style>
    body { background: #fff; color: #000 } @media (prefers-color-scheme: dark) { body { background: #111; color: #333 } }
  </style><main><h1>Grey</h1></main></html>`);
  expect(await faultsInBothSchemes(page)).toEqual([expect.stringContaining('in dark: color-contrast')]);
  await page.close();
});

/** 320 CSS pixels are 1280 at 400 % (WCAG 1.4.10); 195 are a phone of 390 at 200 %, and 160 one of 320. */
const widths = [320, 195, 160];

test('nothing has to be scrolled sideways at 320, 195 and 160 pixels', async () => {
  const overflow = async (page: Page): Promise<string[]> => {
    const faults: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 600 });
      const over = Number(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      );
      if (over > 0) faults.push(`${over} pixels too wide at ${width}`);
    }
    return faults;
  };
  expect(await walk({ width: 320, height: 600 }, overflow, pageAddresses)).toEqual([]);
}, 600_000);
