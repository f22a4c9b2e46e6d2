import { expect, test } from '@jest/globals';
import { minutes } from '../../src/kernel/clock.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { another } from '../support/recovering.ts';

const { browser, house, base } = await browserOfThisFile();

/** Somebody who joined here and signed in there as well. */
async function onTwoBrowsers() {
  const [here, there] = [await Guest.arrive(browser, base), await Guest.arrive(browser, base)];
  const person = await here.moveIn();
  await there.signIn(person.username, person.password);
  return { here, there, ...person };
}
async function openSettings({ page }: Guest, tab = 'Security') {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: tab }).click();
  await page.waitForURL(`**/settings/${tab.toLowerCase()}`);
}
function signsOut({ page }: Guest) {
  return page.locator('form[action$="/revoke"] button');
}

test('Ann sees her other browser, ends it, and it is signed out at its next click', async () => {
  const { here, there } = await onTwoBrowsers();
  await openSettings(here);
  expect(await here.page.locator('.entry', { hasText: 'This device' }).count()).toBe(1);
  expect(await signsOut(here).count()).toBe(1);
  await signsOut(here).click();
  await here.page.getByText('That device has been signed out.').waitFor();
  expect(await signsOut(here).count()).toBe(0);
  await there.page.getByRole('link', { name: 'Settings' }).click();
  await there.page.waitForURL('**/login?next=**');
  await here.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'You' }).click();
  await here.page.waitForURL('**/profile');
  expect([...here.complaints, ...there.complaints]).toEqual([]);
});

test('after a quarter of an hour the password is asked for before anything is ended', async () => {
  const { here, there, password } = await onTwoBrowsers();
  house.clock.pass(minutes(15));
  await openSettings(here);
  await here.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await here.page.waitForURL('**/settings/confirm');
  await here.page.locator('[name=currentPassword]').fill('not-my-password-1');
  await here.page.getByRole('button', { name: 'Confirm' }).click();
  await here.page.getByText("That's not your password.").first().waitFor();
  await there.page.reload();
  expect(new URL(there.page.url()).pathname).toBe('/people');

  await here.page.locator('[name=currentPassword]').fill(password);
  await here.send('/settings/confirm', '/settings/security');
  await here.page.getByText("You've been signed out everywhere else (1 place).").waitFor();
  await there.page.reload();
  expect(new URL(there.page.url()).pathname).toBe('/login');
  expect([...here.complaints, ...there.complaints]).toEqual([]);
});

test('Ben changes his password: he stays in, his other browser does not, and only the new one opens the door', async () => {
  const { here, there, username, password } = await onTwoBrowsers();
  await openSettings(here, 'Password');
  await here.page.locator('[name=currentPassword]').fill(password);
  await here.page.locator('[name=password]').fill(another);
  await here.page.locator('[name=passwordConfirmation]').fill(another);
  await here.send('/settings/password', '/settings/security');
  await here.page.getByText('Your password has been changed').waitFor();
  expect(await here.page.locator('main').textContent()).toContain('Password changed');

  await there.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'You' }).click();
  await there.page.waitForURL('**/login?next=**');
  await there.page.locator('[name=identifier]').fill(username);
  await there.page.locator('[name=password]').fill(password);
  await there.page.keyboard.press('Enter');
  await there.page.getByText("Those details don't match an account").first().waitFor();
  await there.signIn(username, another);
  expect([...here.complaints, ...there.complaints]).toEqual([]);
});

test('Back after sign-out shows nothing of the settings', async () => {
  const cem = await Guest.arrive(browser, base);
  await cem.moveIn();
  await openSettings(cem);
  await openSettings(cem, 'Password');
  await cem.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'You' }).click();
  await cem.page.waitForURL('**/profile');
  await cem.send('/logout', '/login');
  for (let back = 0; back < 3; back++) {
    await cem.page.goBack();
    await cem.page.waitForLoadState();
    const text = await cem.page.locator('body').textContent();
    expect(text).not.toMatch(/Where you're signed in|Recent activity|Current password/);
    expect(await cem.page.getByRole('button', { name: /sign out/i }).count()).toBe(0);
  }
  expect(cem.complaints).toEqual([]);
});
