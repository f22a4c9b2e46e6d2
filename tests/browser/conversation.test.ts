import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile } from '../support/browser.ts';
import { askerIn, field, openChat, partnersIn, say, shown, states, waiting } from '../support/conversing.ts';

const { browser, base, house } = await browserOfThisFile();
const expectField = (page: Page, text: string) =>
  page.waitForFunction(
    (wanted) =>
      (
        globalThis as unknown as { document: { querySelector: (s: string) => { value: string } } }
      ).document.querySelector('#text').value === wanted,
    text,
  );
const phone = { viewport: { width: 320, height: 700 } };

test('Ann writes, Ben reads and answers: neither loads anything anew', async () => {
  const { ann, ben } = await partnersIn(browser, base, phone);
  const [hers, his] = [ann.guest.page, ben.guest.page];
  await openChat(hers, ben);
  await openChat(his, ann);
  await field(hers).fill('Bonjour <b>Ben</b>\n👋');
  await field(hers).press('Enter');
  expect(await field(hers).inputValue()).toBe('');
  await his.locator('#m-2').waitFor();
  expect(await shown(his)).toEqual(['< Bonjour <b>Ben</b>\n👋']);
  await hers.locator('#m-2 .message-state', { hasText: 'Read' }).waitFor();
  await field(his).fill('Ça va ?');
  await his.getByRole('button', { name: 'Send' }).click();
  await hers.locator('#m-3').waitFor();
  expect(await shown(hers)).toEqual(['> Bonjour <b>Ben</b>\n👋', '< Ça va ?']);
  expect(await states(hers)).toEqual(['Read']);
  expect(await hers.locator('[data-message-status]').textContent()).toBe(`${ben.username}: Ça va ?`);
  expect(await faultsOfAxe(hers)).toEqual([]);
  expect([...ann.guest.complaints, ...ben.guest.complaints]).toEqual([]);
});

test('an edit, a reaction and a deletion come by themselves', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await openChat(page, ben);
  await say(ben, ann, 'Je suis allé');
  await page.locator('#m-2').waitFor();
  const message = `/chats/${ann.username}/messages/2`;
  await ben.post(`${message}/edit`, { text: 'Je suis parti' });
  await page.getByText('Je suis parti').waitFor();
  await ben.post(`${message}/delete`);
  await page.locator('#m-2', { hasText: 'Message deleted' }).waitFor();
  expect(await shown(page)).toEqual(['< –']);
});

test('three tabs of one person show each message once', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const tabs = [ann.guest.page, await ann.guest.context.newPage(), await ann.guest.context.newPage()];
  for (const tab of tabs) await openChat(tab, ben);
  for (const [n, tab] of tabs.entries()) {
    await field(tab).fill(`from ${n}`);
    await field(tab).press('Enter');
    for (const other of tabs) await other.locator(`#m-${n + 2}`).waitFor();
  }
  for (const tab of tabs) expect(await shown(tab)).toEqual(['> from 0', '> from 1', '> from 2']);
});

test('Enter while a sign is being put together sends nothing, Shift and Enter begin a line', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await openChat(page, ben);
  await field(page).focus();
  const session = await ann.guest.context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await field(page).dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
  await session.send('Input.insertText', { text: '日本' });
  await field(page).press('Shift+Enter');
  expect(await field(page).inputValue()).toBe('日本\n');
  expect(await shown(page)).toEqual([]);
  await field(page).press('Enter');
  await page.locator('#m-2').waitFor();
  expect(await shown(page)).toEqual(['> 日本']);
});

test('what is written offline is kept over a reload, and sent in its order, once', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  const { context } = ann.guest;
  await openChat(ben.guest.page, ann);
  await openChat(page, ben);
  await context.setOffline(true);
  await page.getByText("You're offline. What you write is kept and sent when you're back.").waitFor();
  for (const text of ['one', 'two', 'three']) {
    await field(page).fill(text);
    await field(page).press('Enter');
  }
  expect(await shown(page)).toEqual(['> one', '> two', '> three']);
  expect((await states(page)).slice(-3)).toEqual(['Sending…', 'Sending…', 'Sending…']);
  expect(await faultsOfAxe(page)).toEqual([]);
  expect(await shown(ben.guest.page)).toEqual([]);
  await context.setOffline(false);
  await page.reload();
  await ben.guest.page.locator('#m-4').waitFor();
  await page.locator('#m-4').waitFor();
  expect(await shown(ben.guest.page)).toEqual(['< one', '< two', '< three']);
  expect(await shown(page)).toEqual(['> one', '> two', '> three']);
  expect(ben.guest.complaints).toEqual([]);
});

test('what waits is sent from any page of the site, and signing out asks first', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page, context } = ann.guest;
  await openChat(page, ben);
  const writeOffline = async (...texts: string[]) => {
    await context.setOffline(true);
    await page.getByText("You're offline.").waitFor();
    for (const text of texts) {
      await field(page).fill(text);
      await field(page).press('Enter');
    }
    await waiting(page, texts.length);
  };
  await writeOffline('kept');
  await context.setOffline(false);
  await page.goto('/settings');
  await openChat(ben.guest.page, ann);
  await ben.guest.page.locator('#m-2').waitFor();
  await waiting(page, 0);
  expect(await shown(ben.guest.page)).toEqual(['< kept']);

  await openChat(page, ben);
  await field(page).fill('line\n'.repeat(600));
  await field(page).press('Enter');
  await page.locator('.pending', { hasText: 'Not sent.' }).waitFor();
  expect(await faultsOfAxe(page)).toEqual([]);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  const leave = () => page.evaluate(`document.querySelector('form[action="/logout"]').requestSubmit()`);
  await leave();
  expect(await shown(page)).toHaveLength(2);
  await leave();
  await page.waitForURL('**/login');
  expect(asked).toEqual(Array(2).fill('One message has not been sent. Sign out anyway?'));
  expect(await page.evaluate(`localStorage.getItem('unsent')`)).toBeNull();
});

test('what was not taken can be tried again, or taken away', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await openChat(page, ben);
  await field(page).fill('line\n'.repeat(600));
  await field(page).press('Enter');
  const refused = page.locator('.pending', { hasText: 'Not sent.' });
  await refused.waitFor();
  await page.reload();
  await refused.getByRole('button', { name: 'Try again' }).click();
  await refused.getByRole('button', { name: 'Delete' }).click();
  await waiting(page, 0);
  await page.reload();
  expect(await shown(page)).toEqual([]);
});

test('whoever is signed out elsewhere signs in first, and finds what they typed', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const { page } = ann.guest;
  await openChat(page, ben);
  await field(page).fill('half a sen');
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
    [ann.username],
  );
  await page.waitForURL(`**/login?next=*`);
  await ann.guest.signIn(ann.username, ann.password);
  await openChat(page, ben);
  expect(await field(page).inputValue()).toBe('half a sen');
});

test('a draft is on the other device two seconds later, and gone when it was sent', async () => {
  const { ann, ben } = await partnersIn(browser, base);
  const [here, there] = [ann.guest.page, await ann.guest.context.newPage()];
  await openChat(here, ben);
  await openChat(there, ben);
  await field(here).pressSequentially('Je pense');
  await expectField(there, 'Je pense');
  await field(here).press('Enter');
  await there.locator('#m-2').waitFor();
  await expectField(there, '');
  await field(there).pressSequentially('Moi');
  await expectField(here, 'Moi');
  expect(await field(there).inputValue()).toBe('Moi');
});

test('whoever reads further up stays there, and is told of what is new', async () => {
  const { ann, ben } = await partnersIn(browser, base, phone);
  for (let n = 0; n < 56; n++) await say(n % 2 ? ann : ben, n % 2 ? ben : ann, `${n}\n\n\n`.repeat(2));
  const { page } = ann.guest;
  await openChat(page, ben);
  const top = () => page.evaluate<number>('document.scrollingElement.scrollTop');
  await page.locator('#m-57').scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, -600);
  await page.locator('#m-40').scrollIntoViewIfNeeded();
  const before = await top();
  await say(ben, ann, 'one more');
  await page.getByRole('button', { name: '1 new message ↓' }).waitFor();
  await say(ben, ann, 'and another');
  await page.getByRole('button', { name: '2 new messages ↓' }).waitFor();
  expect(await top()).toBe(before);
  expect(await page.title()).toMatch(/^\(2\) /);
  await page.getByRole('button', { name: '2 new messages ↓' }).click();
  await page.locator('.messages-newer').waitFor({ state: 'hidden' });
  await page.waitForFunction(
    () => !(globalThis as unknown as { document: { title: string } }).document.title.startsWith('('),
  );

  await page.locator('#m-20').scrollIntoViewIfNeeded();
  const place = (await page.locator('#m-20').boundingBox())!.y;
  await page.getByRole('link', { name: 'Earlier messages' }).dispatchEvent('click');
  await page.locator('#m-2').waitFor({ state: 'attached' });
  expect(Math.abs((await page.locator('#m-20').boundingBox())!.y - place)).toBeLessThan(2);
  expect(await shown(page)).toHaveLength(58);
  expect(await page.locator('.day').count()).toBe(1);
});

test('whoever waits for an answer gets it, and a field to write in', async () => {
  const { ann, ben } = await askerIn(browser, base, phone);
  const { page } = ann.guest;
  await openChat(page, ben);
  await page.getByText('You can write more once they answer.').waitFor();
  await ben.post(`/chats/${ann.username}/accept`);
  await say(ben, ann, 'Enchanté !');
  await field(page).fill('Moi aussi');
  await field(page).press('Enter');
  await page.locator('#m-3').waitFor();
  expect(await shown(page)).toEqual(['< Enchanté !', '> Moi aussi']);
});

test('whoever is accepted gets a field, sees who is here and who is writing, and that it is over', async () => {
  const { ann, ben } = await askerIn(browser, base, phone);
  const [hers, his] = [ann.guest.page, ben.guest.page];
  await openChat(hers, ben);
  await ben.post(`/chats/${ann.username}/accept`);
  await field(hers).waitFor();
  await hers.getByText('Not here now').waitFor();
  await openChat(his, ann);
  await hers.getByText('Here now', { exact: true }).waitFor();
  await field(his).pressSequentially('Je');
  await hers.getByText(`${ben.username} is writing…`).waitFor();
  await field(his).press('Enter');
  await hers.locator('#m-2').waitFor();
  expect(await hers.locator('[data-typing]').isVisible()).toBe(false);
  await ben.post(`/people/${ann.username}/block`);
  await hers.getByText("You can't write to each other here.").waitFor();
  expect(ann.guest.complaints).toEqual([]);
});

test('the same without a script: the page comes anew', async () => {
  const { ann, ben } = await partnersIn(browser, base, { ...phone, javaScriptEnabled: false });
  const { page } = ann.guest;
  await page.goto(`/chats/${ben.username}`);
  await field(page).fill('Sans script');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('#m-2').waitFor();
  await say(ben, ann, 'Bien reçu');
  await page.getByRole('button', { name: 'Look for new messages' }).click();
  await page.locator('#m-3').waitFor();
  expect(ann.guest.complaints).toEqual([]);
});

test('from right to left, in 320 pixels: nothing is wider than the page', async () => {
  const { ann, ben } = await partnersIn(browser, base, { ...phone, locale: 'ar-XB' });
  const { page } = ann.guest;
  await openChat(page, ben);
  await say(ben, ann, 'مرحبا '.repeat(30));
  await page.locator('#m-2').waitFor();
  await ann.guest.context.setOffline(true);
  await page.locator('.connection-shown').waitFor();
  await field(page).fill('x'.repeat(300));
  await field(page).press('Enter');
  await page.locator('.pending').waitFor();
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(320);
  expect(await faultsOfAxe(page)).toEqual([]);
});
