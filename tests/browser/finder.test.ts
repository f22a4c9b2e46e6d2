import { expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base } = await browserOfThisFile();

async function atSignUp(options: BrowserContextOptions = {}): Promise<Guest> {
  const guest = await Guest.arrive(browser, base, options);
  await guest.page.goto('/sign-up');
  return guest;
}
function field(page: Page, id = 'nativeLanguage') {
  return page.locator(`#${id}`);
}
function chosen(page: Page, name = 'nativeLanguage') {
  return page.locator(`select[name=${name}]`).first().inputValue();
}
function options(page: Page) {
  return page.locator('.combobox [role=option]');
}
/** What a screen reader is told of the field that has the focus. */
function told(page: Page) {
  return page.evaluate(`(() => {
    const field = document.activeElement;
    const active = document.getElementById(field.getAttribute('aria-activedescendant'));
    const list = document.getElementById(field.getAttribute('aria-controls'));
    return {
      role: field.getAttribute('role'), open: field.getAttribute('aria-expanded'), list: list?.role,
      active: active?.textContent ?? null, isSelected: active?.getAttribute('aria-selected') ?? null,
      status: field.closest('.combobox').querySelector('[role=status]').textContent };
  })()`);
}

test.each([
  ['zh-HK', '廣東', 'yue', 'Cantonese'],
  ['fil-PH', 'Tagalog', 'tl', 'Filipino'],
  ['en-PH', 'tagal', 'tl', 'Tagalog'],
  ['en-US', 'sign language', 'ase', 'ASL'],
  ['pt-BR', 'libras', 'bzs', 'brazilian sign'],
])('who has a browser in %s types "%s" and finds %s', async (locale, typed, code, other) => {
  const { page, complaints } = await atSignUp({ locale });
  for (const text of [typed, other]) {
    await field(page).fill('');
    await field(page).pressSequentially(text);
    await page.keyboard.press('Enter');
    expect(await chosen(page)).toBe(code);
  }
  await field(page, 'learningLanguages').pressSequentially('british sign');
  await page.keyboard.press('Tab');
  expect(await chosen(page, 'learningLanguages')).toBe('bfi');
  expect(page.url()).toContain('/sign-up');
  expect(complaints).toEqual([]);
});

test('by keyboard alone: what opens, moves, takes and leaves, and what is told', async () => {
  const { page } = await atSignUp();
  await field(page).focus();
  expect(await told(page)).toMatchObject({ role: 'combobox', open: 'false', list: 'listbox', active: null });
  await page.keyboard.press('Alt+ArrowDown');
  expect(await told(page)).toMatchObject({ open: 'true', active: null });
  await page.keyboard.press('ArrowDown');
  expect(await told(page)).toMatchObject({ active: expect.stringMatching(/^Abkhazian/), isSelected: 'true' });
  await page.keyboard.press('Escape');
  expect(await told(page)).toMatchObject({ open: 'false', active: null, status: '' });
  expect(await chosen(page)).toBe('');

  await page.keyboard.type('espano');
  expect(await told(page)).toMatchObject({ active: 'Spanish · español', status: '2 languages' });
  await page.keyboard.press('ArrowDown');
  expect(await told(page)).toMatchObject({ active: 'Spanish Sign Language · lengua de signos española' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect([await chosen(page), await field(page).inputValue()]).toEqual(['es', 'Spanish · español']);

  // What is no language leaves what was chosen.
  await field(page).fill('qqqq');
  expect(await told(page)).toMatchObject({ open: 'false', status: 'No language goes by that name here.' });
  await page.keyboard.press('Tab');
  expect([await chosen(page), await field(page).inputValue()]).toEqual(['es', 'Spanish · español']);
  // An empty field is no language.
  await field(page).fill('');
  await page.keyboard.press('Tab');
  expect(await chosen(page)).toBe('');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await chosen(page)).toBe('zu');
});

test('a press on the label goes into the field, an error leads to it, and a reload keeps what was chosen', async () => {
  const { page } = await atSignUp();
  await page.getByText('You speak', { exact: true }).click();
  await page.keyboard.type('Hawaii');
  await page.keyboard.press('Tab');
  await page.reload();
  expect([await chosen(page), await field(page).inputValue()]).toEqual(['haw', 'Hawaiian · ʻŌlelo Hawaiʻi']);
  await page.locator('[name=username]').fill('nobody');
  await page.getByRole('button', { name: 'Send my code' }).click();
  await page.getByRole('link', { name: 'Choose at least one language you want to learn.' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('learningLanguages');
  expect(await field(page, 'learningLanguages').getAttribute('aria-invalid')).toBe('true');
  expect(await field(page).inputValue()).toBe('Hawaiian · ʻŌlelo Hawaiʻi');
});

test.each(['en-US', 'ar-XB'])(
  'on the smallest phone in %s the list fits, and a tap chooses',
  async (locale) => {
    const viewport = { width: 320, height: 640 };
    const { page } = await atSignUp({ locale, viewport, hasTouch: true });
    await field(page).tap();
    await field(page).pressSequentially('sign');
    await options(page).nth(1).waitFor();
    const [box, list] = [await field(page).boundingBox(), await page.getByRole('listbox').boundingBox()];
    expect([list!.x, list!.width].map(Math.round)).toEqual([box!.x, box!.width].map(Math.round));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    const heights = await options(page).evaluateAll((items) =>
      items.map((item) => (item as unknown as { offsetHeight: number }).offsetHeight),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate('document.documentElement.dir')).toBe(locale === 'ar-XB' ? 'rtl' : 'ltr');
    expect(await faultsOfAxe(page)).toEqual([]);
    await options(page).filter({ hasText: 'BSL' }).tap();
    expect(await chosen(page)).toBe('bfi');
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
  },
);

test('in the settings as well, where what was typed is saved', async () => {
  const guest = await Guest.arrive(browser, base);
  await guest.moveIn();
  await guest.page.goto('/settings/languages');
  const first = guest.page.getByLabel('Language 1', { exact: true });
  await first.fill('american sign');
  await guest.page.keyboard.press('Enter');
  expect(await first.inputValue()).toBe('American Sign Language · ASL');
  await guest.send('/settings/languages', '/profile');
  expect(await guest.page.locator('main').textContent()).toContain('American Sign Language');
  expect(guest.complaints).toEqual([]);
});

test('without scripts there are lists', async () => {
  const { page } = await atSignUp({ javaScriptEnabled: false });
  expect(await page.locator('.combobox, [role=combobox]').count()).toBe(0);
  await page.getByLabel('You speak', { exact: true }).selectOption({ label: 'Filipino · Tagalog' });
  expect(await chosen(page)).toBe('tl');
});
