import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { eventually } from '../support/captured.ts';

const { browser, base } = await browserOfThisFile();

function field(page: Page, name: string) {
  return page.locator(`[name=${name}]`).first();
}

test('with cookies blocked the page says so before anything is typed', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.page.addInitScript(`Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })`);
  for (const path of ['/login', '/sign-up', '/password/forgot']) {
    await ann.page.goto(path);
    await ann.page.getByText('Your browser blocks cookies for this site.').waitFor();
  }
  const ben = await Guest.arrive(browser, base);
  await ben.page.goto('/login');
  expect(await ben.page.getByText('Your browser blocks cookies').isVisible()).toBe(false);
});

test('what was typed to join outlives a reload, but for the passwords, until somebody empties the form', async () => {
  const ann = await Guest.arrive(browser, base);
  const { username, email, password } = await ann.fillSignUp();
  await ann.page.getByRole('button', { name: 'Add another language' }).click();
  await ann.page.locator('[name=learningLanguages]').nth(1).selectOption('es');
  await ann.page.reload();
  await ann.page.getByText("We've filled in what you typed before").waitFor();
  expect(await field(ann.page, 'email').inputValue()).toBe(email);
  expect(await field(ann.page, 'username').inputValue()).toBe(username);
  for (const [part, value] of [
    ['Day', '15'],
    ['Month', 'May'],
    ['Year', '1995'],
  ] as const)
    expect(await field(ann.page, `dateOfBirth${part}`).inputValue()).toBe(value);
  expect(await ann.page.locator('[name=learningLanguages]').nth(1).inputValue()).toBe('es');
  expect(await ann.page.locator('[name=learningLanguages]').nth(1).isVisible()).toBe(true);
  expect(await field(ann.page, 'password').inputValue()).toBe('');
  expect(await field(ann.page, 'passwordConfirmation').count()).toBe(0);
  expect(await ann.page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(password);

  // A mistake, and the page loaded again.
  await ann.page.locator('form[action="/sign-up"] button[type=submit]').last().click();
  await ann.page.locator('#error-summary').waitFor();
  await ann.page.reload();
  expect(await field(ann.page, 'email').inputValue()).toBe(email);

  await ann.page.getByRole('button', { name: 'Clear the form' }).click();
  await ann.page.waitForFunction(`document.querySelector('[name=email]')?.value === ''`);
  await ann.page.reload();
  expect(await field(ann.page, 'email').inputValue()).toBe('');
  expect(ann.complaints).toEqual([]);
});

test('each button that takes a language away has a name of its own', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.page.goto('/sign-up');
  const add = ann.page.getByRole('button', { name: 'Add another language' });
  for (let n = 0; n < 4; n++) await add.click();
  const buttons = ann.page.locator('button.remove-row');
  const names = await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
  expect(new Set(names).size).toBe(5);
  expect(names[1]).toBe('Remove Also learning 1');
});

test('what the list on top said of a picture goes when another one is chosen', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.join();
  await ann.page.goto('/settings/avatar');
  await ann.page.locator('form[data-upload] button[type=submit]').click();
  await ann.page.locator('#error-summary').getByText('Choose a picture').waitFor();
  await ann.page
    .locator('[name=avatar]')
    .setInputFiles({ name: 'a.jpg', mimeType: 'text/plain', buffer: Buffer.from('a word') });
  await ann.page.getByText("This file isn't a picture.").waitFor();
  expect(await ann.page.locator('#error-summary').count()).toBe(0);
});

test('the word of what happened has the focus, or comes with the field that has it', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.fillSignUp();
  await ann.send('/sign-up', '/sign-up/code');
  await ann.page.locator('form[action="/sign-up/code/resend"] button').click();
  await ann.page.getByText("We've sent a new code").waitFor();
  const spoken = await ann.page.evaluate(`document.activeElement.getAttribute('aria-describedby').split(' ')
    .map((id) => document.getElementById(id).textContent).join(' ')`);
  expect(spoken).toContain("We've sent a new code");
  expect(spoken).toContain('5 tries left');

  const ben = await Guest.arrive(browser, base);
  await ben.join();
  expect(await ben.page.evaluate('document.activeElement.textContent')).toContain('Welcome to ChatLink');
});

test('after a mistake in the settings, loading the page again shows the page', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.join();
  await ann.page.goto('/settings/contact');
  await ann.page.locator('form[action="/settings/contact/email"] button[type=submit]').click();
  await ann.page.locator('#error-summary').waitFor();
  expect(await ann.page.locator('.settings-nav [aria-current="page"]').textContent()).toContain(
    'Email and mobile',
  );
  await ann.page.reload();
  expect(new URL(ann.page.url()).pathname).toBe('/settings/contact');
  expect(await ann.page.locator('h1').textContent()).toContain('Email and mobile');
});

test('a form pressed twice is sent once; stopped, or broken off, it can be sent again', async () => {
  const ann = await Guest.arrive(browser, base);
  const { page } = ann;
  const cdp = await ann.context.newCDPSession(page);
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  // The first two wait for an answer that never comes; the third is broken off on the way.
  await page.route('**/login', (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    return sent === 3 ? route.abort('connectionreset') : undefined;
  });
  const button = page.locator('form[action="/login"] button[type=submit]');
  const fill = async () => {
    await page.goto('/login');
    await field(page, 'identifier').fill('somebody');
    await field(page, 'password').fill('a password of hers');
    const { x, y, width, height } = (await button.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  const { x, y } = await fill();
  const label = await button.textContent();
  const isSent = async (times: number, act: () => Promise<void>) => {
    await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), act()]);
    await pause(300);
    expect(sent).toBe(times);
  };

  await isSent(1, () => page.mouse.dblclick(x, y));
  await cdp.send('Page.stopLoading');
  await eventually(async () => (await button.textContent()) === label, 'the form to be let go');
  await field(page, 'password').focus();
  await isSent(2, () => page.keyboard.press('Enter'));
  await cdp.send('Page.stopLoading');
  await eventually(async () => (await button.textContent()) === label, 'the form to be let go again');
  await isSent(3, () => page.mouse.click(x, y));
  // Chromium shows a page of its own for it; back on ours, the form is as good as new.
  await page.waitForURL('chrome-error://**');
  await fill();
  await isSent(4, () => page.mouse.click(x, y));
});
