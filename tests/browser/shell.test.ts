import { expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { galleryOfThisFile } from '../support/gallery.ts';

const { browser, gallery } = await galleryOfThisFile();

async function at(
  [width, height]: readonly [number, number],
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, ...options });
  await page.goto(`${gallery.base}/page/${name}`);
  return page;
}

const phone = [390, 800] as const;
const desktop = [1280, 800] as const;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
}
/** Of what is shown. */
function boxes(page: Page, selector: string) {
  return page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility()).map((e) => {
       const { left, right, top, bottom, width } = e.getBoundingClientRect();
       return { left, right, top, bottom, width: Math.round(width) }; })`,
  ) as Promise<Box[]>;
}
async function box(page: Page, selector: string): Promise<Box> {
  const [found] = await boxes(page, selector);
  return found!;
}
async function links(page: Page): Promise<string[]> {
  const texts = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}

test('on a phone where to go is a bar of equal links at the foot of the screen, and the header says where one is', async () => {
  const page = await at(phone, 'shell-person');
  const items = await boxes(page, '.app-nav a');
  expect(new Set(items.map(({ width }) => width))).toEqual(new Set([130]));
  for (const { top, bottom } of items) {
    expect(bottom).toBe(800);
    expect(bottom - top).toBeGreaterThanOrEqual(56);
  }
  expect(await links(page)).toEqual(['People', 'Chats 99 new', 'You']);
  expect(await page.locator('header').innerText()).toContain('People');
  expect(await page.getByRole('link', { name: 'ChatLink', exact: true }).count()).toBe(1);
  await page.close();
});

test('the bar covers nothing that the keyboard reaches, nor the end of the page', async () => {
  const page = await at([390, 500], 'settings-list');
  for (const bottom of (await page.evaluate(
    `[...document.querySelectorAll('main :is(a, button), .site-footer a')].filter((e) => e.checkVisibility()).map((e) => {
       e.focus(); return e.getBoundingClientRect().bottom; })`,
  )) as number[])
    expect(bottom).toBeLessThanOrEqual(500 - 64);
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  expect((await box(page, '.site-footer')).bottom).toBeLessThanOrEqual(500 - 64 + 1);
  await page.close();
});

test.each([
  ['low', [700, 400]],
  ['narrow', [280, 800]],
  ['at 200 %', [195, 400]],
] as const)('where the screen is %s the bar stands below the page', async (_what, size) => {
  const page = await at(size, 'shell-people');
  const [nav, main, footer] = [
    await box(page, '.app-nav'),
    await box(page, 'main'),
    await box(page, '.site-footer'),
  ];
  expect(nav.top).toBeGreaterThanOrEqual(main.bottom);
  expect(footer.top).toBeGreaterThanOrEqual(nav.bottom);
  await page.evaluate('scrollBy(0, 100)');
  expect((await box(page, '.app-nav')).top).toBeLessThan(nav.top);
  await page.close();
});

test('beside a wide page the same list is a column as high as the screen, which stays while the page moves', async () => {
  for (const direction of ['ltr', 'rtl']) {
    const page = await at(desktop, 'terms-signed-in');
    await page.evaluate(`document.documentElement.dir = '${direction}'`);
    await page.evaluate('scrollTo(0, 700)');
    const [side, main, footer] = [
      await box(page, '.app-side'),
      await box(page, 'main'),
      await box(page, '.site-footer'),
    ];
    expect([side.top, side.bottom, side.width]).toEqual([0, 800, 248]);
    if (direction === 'ltr') expect([side.left, main.left, footer.left]).toEqual([0, 248, 248]);
    else expect(side.left).toBe(main.right);
    expect(await links(page)).toEqual(['People', 'Chats', 'L Lena You', 'Settings', 'Safety', 'Help']);
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('button').allInnerTexts()).toEqual([
      'Sign out',
    ]);
    const [chats, you] = [await box(page, '[href="/chats"]'), await box(page, '.nav-self')];
    expect(you.top - chats.bottom).toBeGreaterThan(100);
    expect((await box(page, '[href="/help"]')).bottom).toBeLessThanOrEqual(800);
    await page.close();
  }
});

test('one way to sign out is shown: beside a wide page, and on a phone under You and in the settings', async () => {
  for (const name of ['settings-list', 'profile-welcome']) {
    for (const size of [phone, desktop]) {
      const page = await at(size, name);
      expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
      await page.close();
    }
  }
});

test('a conversation on a phone has no bar, and what leads back stands in the header', async () => {
  for (const size of [phone, [700, 400], [280, 800]] as const) {
    const page = await at(size, 'talk-sent');
    expect(await page.locator('.app-nav').isVisible()).toBe(false);
    const back = page.locator('header').getByRole('link', { name: 'Chats' });
    expect([await back.isVisible(), await back.getAttribute('href')]).toEqual([true, '/chats']);
    await page.close();
  }
  const page = await at(desktop, 'talk-sent');
  expect(await page.locator('.app-nav').isVisible()).toBe(true);
  expect(await page.locator('.header-back').isVisible()).toBe(false);
  await page.close();
});

test('in the system’s colours the open page has a bar, and no other has one', async () => {
  for (const [size, edge, open] of [
    [phone, 'borderTopWidth', 1],
    [desktop, 'borderLeftWidth', 1],
  ] as const) {
    const page = await at(size, 'shell-chats', { forcedColors: 'active' });
    const edges = (await page.evaluate(
      `[...document.querySelectorAll('.app-nav a')].filter((e) => e.checkVisibility()).map((e) => {
         const style = getComputedStyle(e, '::before'); return style.content === 'none' ? 0 : parseFloat(style.${edge}); })`,
    )) as number[];
    expect(edges).toEqual(edges.map((_width, n) => (n === open ? 3 : 0)));
    await page.close();
  }
});

test('whoever looks at reports has a row above the desk, on a phone as well, and no bar', async () => {
  for (const size of [phone, desktop]) {
    const page = await at(size, 'desk-queue');
    const [nav, main] = [await box(page, '.app-nav'), await box(page, 'main')];
    expect(nav.bottom).toBeLessThanOrEqual(main.top);
    expect((await links(page)).slice(0, 2)).toEqual(['People', 'Chats']);
    await page.close();
  }
});

test('links below a page stand in four columns where there is room, and in two on a phone', async () => {
  for (const [size, columns] of [
    [phone, 2],
    [desktop, 4],
  ] as const) {
    for (const name of ['rules', 'shell-people']) {
      const page = await at(size, name);
      const lefts = (await boxes(page, '.site-footer nav > div')).map(({ left }) => left);
      expect(new Set(lefts).size).toBe(columns);
      await page.close();
    }
  }
});
