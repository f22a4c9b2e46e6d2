import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { days, minutes } from '../../src/kernel/clock.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { unzip } from '../support/zip.ts';

const { browser, base, house } = await browserOfThisFile();

async function main(guest: Guest): Promise<string> {
  return (await guest.page.locator('main').textContent()) ?? '';
}
/** Follows a link that leads to a file; answers its name and what is in it. */
async function fetched(guest: Guest, link: string): Promise<{ name: string; bytes: Buffer }> {
  const begins = guest.page.waitForEvent('download');
  await guest.page.getByRole('link', { name: link }).click();
  const download = await begins;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
async function closeAccount(guest: Guest, password: string): Promise<void> {
  await guest.page.getByLabel('Password', { exact: true }).fill(password);
  await guest.page.getByRole('button', { name: 'Delete my account' }).click();
}

test('Ann takes a copy of her data home, closes her account, and comes back', async () => {
  const ann = await Guest.arrive(browser, base);
  const { username, password } = await ann.moveIn();
  await ann.page.getByRole('link', { name: 'Settings' }).click();
  await ann.page.getByRole('link', { name: /^Account/ }).click();
  await ann.page.getByRole('button', { name: 'Request a copy of my data' }).click();
  // The page looks again by itself.
  await ann.page.getByText('Your copy from').waitFor();
  const zip = await fetched(ann, 'Download ZIP');
  expect(zip.name).toBe(`chatlink-${username}-2026-06-15.zip`);
  const copy = JSON.parse(String(unzip(zip.bytes).get('chatlink.json'))) as { account: object };
  expect(copy.account).toMatchObject({ username });
  const json = await fetched(ann, 'Only the data (JSON)');
  expect(JSON.parse(String(json.bytes))).toEqual(copy);

  await closeAccount(ann, 'not her password');
  // One field, one sentence.
  await ann.page.getByText("That's not your password.").waitFor();
  expect(await ann.page.evaluate('document.activeElement.id')).toBe('currentPassword');
  await closeAccount(ann, password);
  await ann.page.waitForURL(`${base}/`);
  expect(await main(ann)).toContain(
    'Your account is scheduled for deletion, and nobody can see it any more.',
  );
  await ann.page.goto('/profile');
  expect(new URL(ann.page.url()).pathname).toBe('/login');

  house.clock.pass(days(14) - minutes(1));
  await ann.signIn(username, password);
  expect(await main(ann)).toContain("We've cancelled that.");
  expect(ann.complaints).toEqual([]);
});

test('Ben does it on a phone with scripts switched off, after a while, and stays away', async () => {
  const ben = await Guest.arrive(browser, base, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  const { username, password } = await ben.moveIn();
  house.clock.pass(minutes(15));
  await ben.page.goto('/settings/account');
  await ben.page.getByRole('button', { name: 'Request a copy of my data' }).click();
  await ben.page.getByText('before we prepare a copy of your data').waitFor();
  await ben.page.getByLabel('Password', { exact: true }).fill(password);
  await ben.send('/settings/confirm', '/settings/account');
  for (let looks = 0; looks < 50 && !(await main(ben)).includes('Your copy from'); looks++)
    await ben.page.goto('/settings/account');
  const json = await fetched(ben, 'Only the data (JSON)');
  expect(JSON.parse(String(json.bytes))).toMatchObject({ account: { username } });

  await closeAccount(ben, password);
  await ben.page.waitForURL(`${base}/`);
  house.clock.pass(days(14));
  await ben.page.goto('/login');
  await ben.page.locator('[name=identifier]').fill(username);
  await ben.page.locator('[name=password]').fill(password);
  await ben.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await ben.page.getByText("Those details don't match an account").first().waitFor();
  expect(ben.complaints).toEqual([]);
});
