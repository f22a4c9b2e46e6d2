import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { galleryOfThisFile } from '../support/gallery.ts';

const { browser, gallery } = await galleryOfThisFile();

async function at(width: number, name: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.goto(`${gallery.base}/page/${name}`);
  return page;
}
interface Box {
  left: number;
  right: number;
  middle: number;
  height: number;
}
function boxes(page: Page, selector: string) {
  return page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => { const b = e.getBoundingClientRect();
       return { left: b.left, right: b.right, middle: Math.round((b.top + b.bottom) / 2), height: b.height }; })`,
  ) as Promise<Box[]>;
}
function rows(found: readonly Box[]): number {
  return new Set(found.map(({ middle }) => middle)).size;
}

test('on a phone the settings lead back to their list, on a desktop it stands beside them', async () => {
  for (const name of ['photos-none', 'account-nothing-yet']) {
    const phone = await at(390, name);
    expect(await phone.locator('.settings-back a').isVisible()).toBe(true);
    expect(await phone.locator('.settings-column').isVisible()).toBe(false);
    await phone.close();

    const desktop = await at(1180, name);
    expect(await desktop.locator('.settings-back a').isVisible()).toBe(false);
    for (const direction of ['ltr', 'rtl']) {
      await desktop.evaluate(`document.documentElement.dir = '${direction}'`);
      const [[column], [card]] = [await boxes(desktop, '.settings-column'), await boxes(desktop, '.card')];
      expect(direction === 'ltr' ? column!.right <= card!.left : column!.left >= card!.right).toBe(true);
    }
    await desktop.close();
  }
});

test('where the system has its own colours, the open page of the settings and every panel keep an edge', async () => {
  const context = await browser.newContext({
    viewport: { width: 1180, height: 800 },
    forcedColors: 'active',
  });
  const page = await context.newPage();
  const edges = (selector: string, pseudo = '') =>
    page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => {
         const { borderInlineStartWidth, content } = getComputedStyle(e, ${JSON.stringify(pseudo)});
         return content === 'none' ? 0 : parseFloat(borderInlineStartWidth); })`,
    ) as Promise<number[]>;
  await page.goto(`${gallery.base}/page/photos-none`);
  // Profile, picture, photos …: of twelve rows one is open.
  expect(await edges('.settings-group a', '::before')).toEqual([0, 0, 3, ...Array<number>(9).fill(0)]);
  for (const [name, selector] of [
    ['person-full', '.exchange > *, .chip, .avatar'],
    ['sign-up', '.languages > :is(.speaks, .learns)'],
    ['landing', '.greetings, .avatar, .exchange > *'],
    ['languages-open', '.languages > fieldset'],
  ] as const) {
    await page.goto(`${gallery.base}/page/${name}`);
    const found = await edges(selector);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((width) => width > 0)).toBe(true);
  }
  await page.goto(`${gallery.base}/page/landing`);
  expect(await edges('.steps li', '::before')).toEqual([1, 1, 1]);
  await context.close();
});

test('both ways to get a code are as high and stand as high', async () => {
  for (const width of [390, 1180]) {
    const page = await at(width, 'sign-up');
    const [email, mobile] = await boxes(page, '.switch > .choice');
    expect([mobile!.height, mobile!.middle]).toEqual([email!.height, email!.middle]);
    await page.close();
  }
});

test('the coloured head of a profile is as wide as its card, at 200 % as well', async () => {
  for (const width of [195, 390, 1180]) {
    const page = await at(width, 'person-full');
    const [[card], [head]] = [await boxes(page, '.person'), await boxes(page, '.person-head')];
    // Within the card's own edge of one pixel.
    expect([head!.left - card!.left, card!.right - head!.right]).toEqual([1, 1]);
    await page.close();
  }
});

test('a line becomes as high as its letters need', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${gallery.base}/page/person-tall-letters`);
  const heights = async () => (await boxes(page, '#person-name, .language-own')).map(({ height }) => height);
  const before = await heights();
  // A font for Tibetan whose letters reach far: no machine of ours has to have one.
  await page.addStyleTag({
    content: `@font-face { font-family: Tall; src: local("DejaVu Sans"), local("Liberation Sans"); unicode-range: U+F00-FFF;
                ascent-override: 200%; descent-override: 100% }
              body, h1 { font-family: Tall, Manrope }`,
  });
  await page.evaluate('document.fonts.ready');
  const after = await heights();
  // The heading and Tibetan's own name; the Spanish one beside it stays as it is.
  for (const n of [0, 1]) expect(after[n]).toBeGreaterThan(before[n]! * 1.6);
  expect(after[2]).toBe(before[2]);
  await context.close();
});

test('no blue of the style sheet below ours is left when "Add more languages" is opened and pointed at', async () => {
  // With scripts a button stands there instead.
  const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${gallery.base}/page/languages-free`);
  await page.locator('summary').first().click();
  const colour = await page.evaluate('getComputedStyle(document.querySelector("summary")).color');
  expect(colour).toBe('rgb(7, 84, 75)');
  await context.close();
});

test('a message is as wide as the page that it stands on', async () => {
  for (const width of [390, 1180]) {
    const page = await at(width, 'profile-welcome');
    const [[message], [card]] = [await boxes(page, '.flash-wrap .notice'), await boxes(page, '.card')];
    expect([message!.left, message!.right]).toEqual([card!.left, card!.right]);
    await page.close();
  }
});

test('on the smallest phone the header is one row, where to go stands below the page, and photos are three columns', async () => {
  const page = await at(320, 'person-long-names');
  expect(rows(await boxes(page, '.site-header .wrap > *'))).toBe(1);
  expect(rows(await boxes(page, '.app-nav > :not(.only-wide)'))).toBe(1);
  const photos = await boxes(page, '.photos li');
  expect([photos.length, rows(photos)]).toEqual([9, 3]);
  await page.close();
});

test('on the smallest phone the mark and what a visitor may do stand in one row, and the name is still read out', async () => {
  const page = await at(320, 'rules');
  expect(await page.locator('.site-header nav a').allTextContents()).toEqual(['Safety', 'Sign in', 'Join']);
  expect(rows(await boxes(page, '.site-header .brand img, .site-header nav a'))).toBe(1);
  expect(await page.getByRole('link', { name: 'ChatLink', exact: true }).count()).toBe(1);
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

test('what a field holds can be read: a wrong date, a country with its code, and every level', async () => {
  /** Those whose text is wider than the room they have for it. */
  const cut = (page: Page, selector: string) =>
    page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => {
         const { font, letterSpacing, paddingLeft, paddingRight } = getComputedStyle(e);
         const context = document.createElement('canvas').getContext('2d');
         Object.assign(context, { font, letterSpacing });
         const texts = e.options ? [...(e.name === 'levels' ? e.options : e.selectedOptions)].map(({ text }) => text) : [e.value];
         const room = e.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
         return texts.some((text) => context.measureText(text).width > room); }).map(({ name }) => name)`,
    ) as Promise<string[]>;
  for (const width of [390, 1180]) {
    for (const [name, selector] of [
      ['sign-up-all-errors', '.date-fields input, [name=mobileCountry]'],
      ['contact-both', '[name=mobileCountry]'],
      ['languages-open', 'select[name=levels]'],
    ] as const) {
      const page = await at(width, name);
      if (name === 'sign-up-all-errors') {
        for (const [part, value] of [
          ['Day', '30'],
          ['Month', 'February'],
          ['Year', '1990'],
        ] as const)
          await page.locator(`[name=dateOfBirth${part}]`).fill(value);
        await page.evaluate(`document.querySelectorAll('.date-fields input').forEach((e) => {
          e.setAttribute('aria-invalid', 'true'); })`);
        await page.locator('#channel-mobile').check({ force: true });
      }
      const country = page.locator('[name=mobileCountry]');
      if ((await country.count()) > 0) await country.selectOption('GB');
      expect(await page.locator(selector).count()).toBeGreaterThan(0);
      expect([width, name, await cut(page, selector)]).toEqual([width, name, []]);
      await page.close();
    }
  }
});

test('in the system’s colours a wrong field has an edge of its own, and no drawing keeps ours', async () => {
  const context = await browser.newContext({ forcedColors: 'active' });
  const page = await context.newPage();
  const style = (selector: string, property: string) =>
    page.evaluate(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
    ) as Promise<string>;
  await page.goto(`${gallery.base}/page/sign-up-all-errors`);
  const edge = (selector: string) => style(selector, 'borderTopWidth');
  expect(await edge('input[aria-invalid]')).not.toBe(
    await edge('input:not([aria-invalid], [type=radio], [type=hidden])'),
  );
  expect(await style('select', 'backgroundImage')).toBe('none');
  await page.goto(`${gallery.base}/page/photos-none`);
  expect(await style('.settings-group .icon', 'color')).toBe(await style('.settings-group a', 'color'));
  await context.close();
});
