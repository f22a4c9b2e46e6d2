import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base } = await browserOfThisFile();

function bio(page: Page) {
  return page.getByLabel('About yourself (optional)', { exact: true });
}
function save(page: Page) {
  return page.getByRole('button', { name: 'Save my profile' }).click();
}
function filledAgain(page: Page) {
  return page.getByText("We've filled in what you typed before");
}
/** From the list of settings, where the button stands. */
async function signOut(page: Page) {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
}
/** Somebody who has typed into the form, interests and all, and not saved. */
async function typing() {
  const ann = await Guest.arrive(browser, base);
  const person = await ann.moveIn();
  await ann.page.goto('/settings/profile');
  await bio(ann.page).fill('Typed for an hour');
  await ann.page.locator('summary', { hasText: 'Sport' }).click();
  await ann.page.getByLabel('Yoga', { exact: true }).check();
  return { ann, ...person };
}
async function signInHere(page: Page, username: string, password: string) {
  await page.locator('[name=identifier]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.locator('form[action="/login"] button').last().click();
}

test('Ann signs out in another tab; what she typed in the first waits for her behind the door', async () => {
  const { ann, username, password } = await typing();
  const other = await ann.context.newPage();
  await other.goto('/profile');
  await signOut(other);
  await other.getByText("You're signed out.").waitFor();

  await save(ann.page);
  await ann.page.waitForURL('**/login?next=**');
  await ann.page.getByText("Sign in to continue. We've kept what you typed.").waitFor();
  await signInHere(ann.page, username, password);
  await ann.page.waitForURL('**/settings/profile');
  await filledAgain(ann.page).waitFor();
  expect(await bio(ann.page).inputValue()).toBe('Typed for an hour');
  expect(await ann.page.getByLabel('Yoga', { exact: true }).isChecked()).toBe(true);
  await ann.page.getByText('1 of 10 chosen').waitFor();
  await ann.send('/settings/profile', '/profile');
  expect(await ann.page.locator('main').textContent()).toContain('Typed for an hour');

  await ann.page.goto('/settings/profile');
  expect(await filledAgain(ann.page).isVisible()).toBe(false);
  expect(ann.complaints).toEqual([]);
});

test('Ben leaves the form by mistake, finds it filled, and then prefers what is saved', async () => {
  const { ann: ben } = await typing();
  await ben.page.goto('/profile');
  await ben.page.goto('/settings/profile');
  await filledAgain(ben.page).waitFor();
  expect(await bio(ben.page).inputValue()).toBe('Typed for an hour');
  await ben.page.getByRole('button', { name: "Show what's saved instead" }).click();
  await ben.page.waitForURL('**/settings/profile');
  await bio(ben.page).waitFor();
  expect(await bio(ben.page).inputValue()).toBe('');
  await ben.page.reload();
  expect(await bio(ben.page).inputValue()).toBe('');

  // The same from a page that says what is wrong.
  await bio(ben.page).fill('x'.repeat(501));
  await save(ben.page);
  await ben.page.locator('#error-summary').waitFor();
  await ben.page.getByRole('link', { name: 'Show my saved profile' }).click();
  await ben.page.locator('#error-summary').waitFor({ state: 'detached' });
  expect(await bio(ben.page).inputValue()).toBe('');
  expect(ben.complaints).toEqual([]);
});

test('a draft goes when its person signs out here, and nobody else is shown it', async () => {
  const { ann: cem, username, password } = await typing();
  await signOut(cem.page);
  await cem.page.waitForURL('**/login');
  await signInHere(cem.page, username, password);
  await cem.page.waitForURL('**/people');
  await cem.page.goto('/settings/profile');
  expect(await bio(cem.page).inputValue()).toBe('');

  await bio(cem.page).fill('Only mine');
  const dee = await Guest.arrive(browser, base);
  const { username: other, password: hers } = await dee.moveIn();
  const tab = await cem.context.newPage();
  await tab.goto('/profile');
  await signOut(tab);
  await tab.waitForURL('**/login');
  await save(cem.page);
  await cem.page.waitForURL('**/login?next=**');
  await signInHere(cem.page, other, hers);
  await cem.page.waitForURL('**/settings/profile');
  expect(await bio(cem.page).inputValue()).toBe('');
});

test('Eve signs out and in again elsewhere: her form comes back as it was, and is saved at the second press', async () => {
  const { ann: eve, username, password } = await typing();
  const other = await eve.context.newPage();
  await other.goto('/profile');
  await signOut(other);
  await other.waitForURL('**/login');
  await signInHere(other, username, password);
  await other.waitForURL('**/people');

  await save(eve.page);
  await eve.page.getByText(`You signed in as ${username} after opening this page`).waitFor();
  expect(await bio(eve.page).inputValue()).toBe('Typed for an hour');
  await eve.send('/settings/profile', '/profile');
  expect(await eve.page.locator('main').textContent()).toContain('Typed for an hour');
});

test('times stand in the zone of whoever reads', async () => {
  const fay = await Guest.arrive(browser, base, { timezoneId: 'Asia/Tokyo' });
  await fay.moveIn();
  await fay.page.goto('/settings/security');
  const time = fay.page.locator('time').first();
  const iso = (await time.getAttribute('datetime'))!;
  const hour = (new Date(iso).getUTCHours() + 9) % 24;
  expect(await time.textContent()).toContain(`${String(hour).padStart(2, '0')}:${iso.slice(14, 16)}`);
  expect(await time.textContent()).not.toContain('UTC');
});
