import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { jpegOf } from '../support/pictures.ts';

const { browser, base } = await browserOfThisFile();
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

async function choosePicture(page: Page): Promise<void> {
  const buffer = await jpegOf(300, 300);
  await page.locator('[name=avatar]').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer });
}

function states(page: Page) {
  return page.locator('.steps-line li').allInnerTexts();
}

function press(page: Page, name: string) {
  return page.getByRole('button', { name }).click();
}

test('Ann joins on a phone, fills her first minute by fingertips, and meets people', async () => {
  const ann = await Guest.arrive(browser, base, phone);
  const { page } = ann;
  await ann.join();
  await page.getByRole('heading', { level: 1, name: 'Add a picture' }).waitFor();
  expect(await faultsOfAxe(page)).toEqual([]);
  await choosePicture(page);
  await press(page, 'Use this picture');

  await page.getByRole('heading', { level: 1, name: 'Say three sentences about yourself' }).waitFor();
  expect(await faultsOfAxe(page)).toEqual([]);
  const words = page.getByLabel('About yourself');
  await press(page, "I'm learning Japanese because …");
  await page.keyboard.type('of the films.');
  await press(page, 'We could talk about …');
  await page.keyboard.type('trains.');
  expect(await words.inputValue()).toBe(
    "I'm learning Japanese because of the films.\nWe could talk about trains.",
  );
  await press(page, 'Save and go on');

  await page.getByLabel('Your level of Japanese').selectOption('A2');
  expect(await faultsOfAxe(page)).toEqual([]);
  await press(page, 'Save and go on');
  await page.getByRole('heading', { level: 1, name: "You're ready" }).waitFor();
  expect((await states(page)).map((text) => text.replace(/\s+/g, ' '))).toEqual([
    'Picture Done',
    'About you Done',
    'Levels Done',
  ]);
  await page.getByRole('link', { name: 'Meet people' }).click();
  await page.waitForURL('**/people');
  await page.goto('/welcome');
  expect(new URL(page.url()).pathname).toBe('/people');
  await page.goto('/profile');
  expect(await page.locator('main').textContent()).toContain('We could talk about trains.');
  expect(await page.locator('.next-step').count()).toBe(0);
  expect(ann.complaints).toEqual([]);
});

test('Ben does it with scripts switched off, and skips what he does not want to say', async () => {
  const ben = await Guest.arrive(browser, base, { ...phone, javaScriptEnabled: false });
  const { page } = ben;
  await ben.join();
  await press(page, 'Skip this step');
  await press(page, "I'm learning Japanese because …");
  const words = page.getByLabel('About yourself');
  expect(await words.inputValue()).toBe("I'm learning Japanese because ");
  await words.fill("I'm learning Japanese because I want to.");
  await press(page, 'Save and go on');
  await press(page, 'Skip this step');
  expect(await page.locator('.step-skipped').count()).toBe(2);
  await page.getByRole('link', { name: 'Meet people' }).click();
  await page.waitForURL('**/people');

  await page.goto('/profile');
  await page.getByText('Profiles with a picture get answered.').waitFor();
  await press(page, "Don't suggest this again");
  await page.getByRole('link', { name: 'Say how far you are' }).click();
  await page.waitForURL('**/settings/languages');
});

test('the languages of a link stand in the form, with scripts and without', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await Guest.arrive(browser, base, { javaScriptEnabled });
    await page.goto('/sign-up?speak=en&learn=es');
    expect(await page.locator('[name=nativeLanguage]').inputValue()).toBe('en');
    const learns = page.locator('[name=learningLanguages]').first();
    expect(await learns.inputValue()).toBe(javaScriptEnabled ? 'es' : 'Spanish');
  }
});
