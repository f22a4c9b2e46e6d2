import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile } from '../support/browser.ts';
import { field, openChat, type Partner, partnersIn, say, shown } from '../support/conversing.ts';

/** What does not come by itself. */
const { browser, base } = await browserOfThisFile();
const catchUps = /\/messages\?/;

/** Opens a conversation over a socket that loses the first message; answers how many came to it. */
async function losingTheFirst(page: Page, other: Partner): Promise<() => number> {
  let came = 0;
  await page.routeWebSocket(/\/live\//, (socket) => {
    const site = socket.connectToServer();
    site.onMessage((text) => {
      if (String(text).includes('"chat.message"') && came++ === 0) return;
      socket.send(text);
    });
  });
  await page.goto(`/chats/${other.username}`);
  await page.waitForResponse(catchUps);
  return () => came;
}

test('a word that was lost is asked for by the one after it', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  const lost = await losingTheFirst(page, ben);
  await say(ben, ann, 'lost');
  await say(ben, ann, 'heard');
  await page.locator('#m-3').waitFor();
  expect(await shown(page)).toEqual(['< lost', '< heard']);
  expect(lost()).toBe(2);
});

test('a hole that cannot be filled is said, and filled when somebody tries again', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await losingTheFirst(page, ben);
  await page.route(catchUps, (route) => route.abort());
  await say(ben, ann, 'lost');
  await say(ben, ann, 'heard');
  await page.getByText('Some messages are missing here.').waitFor();
  expect(await faultsOfAxe(page)).toEqual([]);
  await page.unroute(catchUps);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('#m-3').waitFor();
  expect(await shown(page)).toEqual(['< lost', '< heard']);
  expect(await page.getByText('Some messages are missing here.').count()).toBe(0);
});

test('where no socket passes, pages do', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await page.routeWebSocket(/\/live\//, (socket) => void socket.close());
  await page.goto(`/chats/${ben.username}`);
  await page.waitForResponse(catchUps);
  await openChat(ben.guest.page, ann);
  await field(page).fill('by the API');
  await field(page).press('Enter');
  await ben.guest.page.locator('#m-2').waitFor();
  await page.locator('#m-2').waitFor();
  await say(ben, ann, 'looked for');
  await page.locator('#m-3').waitFor();
  expect(await shown(page)).toEqual(['> by the API', '< looked for']);
  expect(await page.locator('.connection-shown').count()).toBe(0);
});
