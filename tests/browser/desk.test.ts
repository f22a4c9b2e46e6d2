import { expect, test } from '@jest/globals';
import { hours } from '../../src/kernel/clock.ts';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { clean } from '../support/cleaning.ts';
import { giveRole } from '../support/desk.ts';
import { appCode } from '../support/second-factor.ts';

const { browser, base, house } = await browserOfThisFile();

/** Sets up a second step by hand, and gets the role. */
async function moderator(options: Parameters<typeof Guest.arrive>[2] = {}) {
  const guest = await Guest.arrive(browser, base, options);
  const person = await guest.moveIn();
  const { page } = guest;
  await page.goto('/settings/second-factor');
  const key = (await page.locator('.app-key').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code that the app shows').fill(appCode(house, key));
  await page.getByLabel('Your password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.locator('.codes code').first().waitFor();
  await giveRole(house, person.username);
  return { guest, page, person };
}

test('report, desk, ban, second moderator, appeal, and back again', async () => {
  const small = { viewport: { width: 320, height: 700 } };
  const [desk, desk2, desk3] = [
    await moderator(),
    await moderator(small),
    await moderator({ javaScriptEnabled: false }),
  ];
  const ann = await Guest.arrive(browser, base, small);
  const mika = await Guest.arrive(browser, base, small);
  await ann.moveIn();
  const mikaIs = await mika.moveIn();
  await ann.page.goto(`/report?about=person:${mikaIs.username}`);
  await ann.page.getByLabel('Insults or threatens').check();
  await ann.page.getByLabel('In your own words (optional)').fill('He shouts at me.');
  await ann.page.getByRole('button', { name: 'Send the report' }).click();
  await ann.page.waitForURL('**/report/sent');

  await desk.page.goto('/profile');
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Desk/ }).click();
  expect(await faultsOfAxe(desk.page)).toEqual([]);
  await desk.page.getByRole('button', { name: 'Take the next one' }).click();
  await desk.page.getByText('He shouts at me.').waitFor();
  expect(await faultsOfAxe(desk.page)).toEqual([]);
  await desk.page.getByRole('radio', { name: 'Ban', exact: true }).check();
  await desk.page.locator('#fact').fill('You shouted at somebody.');
  // What was typed survives the way to another page and back.
  await desk.page.goto('/desk');
  await desk.page.getByRole('button', { name: 'Take the next one' }).click();
  await desk.page.getByText("It isn't sent yet.").waitFor();
  expect(await desk.page.locator('#fact').inputValue()).toBe('You shouted at somebody.');
  await desk.page.getByRole('button', { name: 'Decide', exact: true }).click();
  await desk.page.getByText('a second moderator looks at it').waitFor();

  await mika.page.goto('/profile');
  await mika.page.locator('[name=identifier]').fill(mikaIs.username);
  await mika.page.locator('[name=password]').fill(mikaIs.password);
  await mika.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await mika.page.waitForURL('**/suspended');
  await mika.page.getByText('You shouted at somebody.').waitFor();
  expect(await faultsOfAxe(mika.page)).toEqual([]);

  await desk2.page.goto('/desk');
  await desk2.page.getByRole('button', { name: 'Take the next one' }).click();
  await desk2.page.getByLabel('Yes, it stays').check();
  await desk2.page.getByRole('button', { name: 'Say so', exact: true }).click();
  await desk2.page.getByText('It holds for good.').waitFor();

  await mika.page.getByRole('link', { name: 'Appeal' }).click();
  await mika.page.locator('#text').fill('We were in a play.');
  expect(await faultsOfAxe(mika.page)).toEqual([]);
  await mika.page.getByRole('button', { name: 'Send the appeal' }).click();
  await mika.page.getByText('Your appeal has arrived.').waitFor();

  await desk3.page.goto('/desk?show=appeals');
  await desk3.page.getByRole('button', { name: 'Take the next one' }).click();
  await desk3.page.getByText('We were in a play.').waitFor();
  await desk3.page.getByLabel('No, take it back').check();
  await desk3.page.getByRole('button', { name: 'Answer the appeal', exact: true }).click();
  await desk3.page.getByText('what was taken away is back').waitFor();

  house.clock.pass(hours(0.2));
  await clean(house);
  await mika.page.goto('/suspended');
  await mika.page.waitForURL('**/login**');
  await mika.page.locator('[name=identifier]').fill(mikaIs.username);
  await mika.page.locator('[name=password]').fill(mikaIs.password);
  await mika.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await mika.page.waitForURL('**/people');
  for (const { complaints } of [ann, mika, desk.guest, desk2.guest, desk3.guest])
    expect(complaints).toEqual([]);
});
