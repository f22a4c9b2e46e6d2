import { expect, test } from '@jest/globals';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base } = await browserOfThisFile();

test.each([true, false])('two languages lead to the form, with scripts: %s', async (javaScriptEnabled) => {
  const ann = await Guest.arrive(browser, base, { viewport: { width: 360, height: 740 }, javaScriptEnabled });
  await ann.page.goto('/');
  await ann.page.getByLabel('I speak').selectOption('de');
  await ann.page.getByLabel("I'm learning").selectOption('ja');
  await ann.page.getByRole('button', { name: 'Find my partner' }).click();
  await ann.page.waitForURL('**/sign-up?speak=de&learn=ja');
  await ann.page.goBack();
  await ann.page.getByRole('link', { name: 'こんにちは Learn Japanese' }).click();
  await ann.page.waitForURL('**/sign-up?learn=ja');
  expect(ann.complaints).toEqual([]);
});
