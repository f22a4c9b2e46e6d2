import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { galleryOfThisFile } from '../support/gallery.ts';
import { together } from '../support/many.ts';
import { type CataloguePage, pages } from '../support/pages.ts';
import { cutWordsOn, displacedOn, saidOn, turnedCodesOn, unmirroredOn } from '../support/shown.ts';
import { unaccentedIn } from '../support/unaccented.ts';

const { browser, gallery } = await galleryOfThisFile();

const phone = { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' } as const;

/** Walks the catalogue, two windows at once, and collects what is wrong with each page. */
async function walk(
  locale: string,
  look: (page: Page, shown: CataloguePage) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  const ahead = [...pages];
  await together(2, async () => {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    for (let next = ahead.shift(); next; next = ahead.shift()) {
      await page.goto(`${gallery.base}/page/${next.name}?locale=${locale}`);
      for (const fault of new Set(await look(page, next))) faults.push(`${next.name}: ${fault}`);
    }
    await context.close();
  });
  return faults;
}

const keys = new Set(
  readdirSync('locales/en').flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(`locales/en/${file}`, 'utf8')) as object).map(
      (key) => `${file.replace('.json', '')}.${key}`,
    ),
  ),
);

/** Keys and values that were never made words. */
function rawIn(texts: readonly string[]): string[] {
  const isRaw = (text: string): boolean =>
    text.split(/[\s⟦⟧]+/).some((word) => keys.has(word)) || /\[object |\bundefined\b|\{\w+[,}]/.test(text);
  return texts.filter(isRaw).map((text) => `raw: ${text}`);
}

test('made longer, all that a page says can be read and comes from the catalogues', async () => {
  const faults = await walk('en-XA', async (page, { view }) => {
    const [title, ...texts] = await saidOn(page);
    // Somebody's page is called as they are.
    const own = view === 'profile/person' ? texts : [title!, ...texts];
    const plain = own.filter((text) => unaccentedIn(text).length > 0);
    return [...rawIn(own), ...plain.map((text) => `in no catalogue: ${text}`), ...(await cutWordsOn(page))];
  });
  expect(faults).toEqual([]);
}, 240_000);

test('from right to left everything lies where a mirror would show it, and can be read', async () => {
  const faults = await walk('ar-XB', async (page) => [
    ...rawIn(await saidOn(page)),
    ...(await cutWordsOn(page)),
    ...(await unmirroredOn(page)),
    ...(await displacedOn(page)),
    ...(await turnedCodesOn(page)),
  ]);
  expect(faults).toEqual([]);
}, 240_000);

describe('a page is at fault', () => {
  test.each([
    ['where something has to be scrolled sideways', 'body { min-width: 400px }', '80 pixels too wide'],
    ['where a word is cut', 'h1 { overflow: hidden; width: 40px; white-space: nowrap }', 'cut: <h1>'],
    ['where a word stands outside its box', 'h1 { overflow-wrap: normal; width: 40px }', 'outside its box: '],
    ['that has a margin at its left', '.lead { margin-left: 10px }', 'not mirrored: <p class="lead">'],
    ['that has a line at its left', '.lead { border-left: 1px solid }', 'not mirrored: <p class="lead">'],
    ['part of which stays from left to right', '.greetings ul { direction: ltr }', 'not mirrored: <li>'],
  ])('%s', async (_what, content, fault) => {
    const context = await browser.newContext({ ...phone, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${gallery.base}/page/landing?locale=ar-XB`);
    const faults = async () => [...(await cutWordsOn(page)), ...(await unmirroredOn(page))];
    expect(await faults()).toEqual([]);
    await page.addStyleTag({ content });
    expect(await faults()).toContainEqual(expect.stringContaining(fault));
    await context.close();
  });

  test.each([
    [
      'the @ of a name stands behind it',
      '<p>\u200f\u202eBlock\u202c\u200f @mika</p>',
      'at the wrong end: @mika',
    ],
    ['a fact begins where lines end', '<dl><dd dir="auto">Lena</dd></dl>', 'begins on the left: <dd dir'],
    ['a name may lose its first letters', '<p class="clamped">Lena</p>', 'its first letters may be cut: <p'],
  ])('where %s', async (_what, html, fault) => {
    const context = await browser.newContext({ ...phone, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${gallery.base}/page/landing?locale=ar-XB`);
    expect(await displacedOn(page)).toEqual([]);
    await page.addStyleTag({
      content: '.clamped { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }',
    });
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', ${JSON.stringify(html)})`,
    );
    expect(await displacedOn(page)).toContainEqual(expect.stringContaining(fault));
    await context.close();
  });

  test('that says a key, an object or what it was to be filled with', () => {
    for (const text of ['⟦home.hero.heading⟧', '[object Object]', 'For {site}', 'undefined'])
      expect(rawIn([text])).toHaveLength(1);
    expect(rawIn(['⟦Ĥéļļö⟧', 'home', 'chatlink.example'])).toEqual([]);
  });

  test('whose words come from nowhere, and not for names, dates and codes', () => {
    expect(unaccentedIn('⟦Ĥéļļö⟧ there, Lena')).toEqual(['there']);
    expect(
      unaccentedIn('⟦ChatLink 25 Nov 2026, 2:03 PM, B2, JPEG, lena@example.com, German, Côte d’Ivoire⟧'),
    ).toEqual([]);
  });
});
