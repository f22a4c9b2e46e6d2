import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { appCode } from '../support/second-factor.ts';

const { browser, base, house } = await browserOfThisFile();

/** On a small phone; the password is right, and the code is still to come. */
async function atTheSecondStep({ username, password }: { username: string; password: string }) {
  const guest = await Guest.arrive(browser, base, { viewport: { width: 320, height: 700 } });
  const { page } = guest;
  await page.goto('/login');
  await page.locator('[name=identifier]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/login/second');
  return guest;
}

test('Ann sets up a second step, signs in by it, loses the phone, and is back after 72 hours', async () => {
  const ann = await Guest.arrive(browser, base, { viewport: { width: 320, height: 700 } });
  const person = await ann.moveIn();
  await ann.page.goto('/settings');
  await ann.page.getByRole('link', { name: /^Second step/ }).click();
  const key = (await ann.page.locator('.app-key').innerText()).replaceAll(' ', '');
  expect(await faultsOfAxe(ann.page)).toEqual([]);
  await ann.page.getByLabel('Code that the app shows').fill(appCode(house, key));
  await ann.page.getByLabel('Your password', { exact: true }).fill(person.password);
  await ann.page.getByRole('button', { name: 'Turn it on' }).click();
  const codes = ann.page.locator('.codes code');
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  const [spare] = await codes.allInnerTexts();

  house.clock.pass(minutes(1));
  const there = await atTheSecondStep(person);
  expect(await faultsOfAxe(there.page)).toEqual([]);
  await there.page.getByLabel('Code', { exact: true }).fill('000000');
  await there.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await there.page.getByText("That code isn't right").first().waitFor();
  await there.page.getByLabel('Code', { exact: true }).fill(appCode(house, key));
  await there.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await there.page.waitForURL('**/people');

  const byRecovery = await atTheSecondStep(person);
  await byRecovery.page.getByLabel('Code', { exact: true }).fill(spare!.toLowerCase());
  await byRecovery.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await byRecovery.page.waitForURL('**/people');

  const lost = await atTheSecondStep(person);
  await lost.page.getByRole('link', { name: "I don't have my app or my codes" }).click();
  await lost.page.getByRole('button', { name: 'Start waiting' }).click();
  await lost.page.getByRole('heading', { name: "You're waiting" }).waitFor();
  house.clock.pass(hours(72));
  const back = await atTheSecondStep(person);
  await back.page.getByRole('button', { name: 'Sign in without a code' }).click();
  await back.page.waitForURL('**/people');
  await back.page.getByText('the second step has been removed').waitFor();
  for (const { complaints } of [ann, there, byRecovery, lost, back]) expect(complaints).toEqual([]);
});
