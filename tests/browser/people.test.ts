import { expect, test } from '@jest/globals';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base, house } = await browserOfThisFile();

/** People who speak Japanese and learn French: guests speak French and learn Japanese. */
async function crowd(count: number): Promise<void> {
  const now = new Date();
  await house.stores.sql(
    `WITH people AS (
       INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth",
                           "country", "createdAt", "updatedAt")
       SELECT p.id, p.name, p.name, p.name || '@example.com', p.name || '@example.com', $3::timestamptz, '$argon2id$', '1990-01-01', 'JP', $3, $3
       FROM unnest($1::uuid[], $2::text[]) AS p(id, name)
     )
     INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
     SELECT p.id, l.code, l.role::"LanguageRole", 0
     FROM unnest($1::uuid[]) AS p(id), (VALUES ('ja', 'native'), ('fr', 'learning')) AS l(code, role)`,
    [
      Array.from({ length: count }, () => uuidv7(now, systemRandom)),
      Array.from({ length: count }, (_, n) => `sakura${n}`),
      now,
    ],
  );
}

test('Ann walks through people in place, on a phone, and says hello to one', async () => {
  await crowd(43);
  const ann = await Guest.arrive(browser, base, { viewport: { width: 360, height: 740 } });
  await ann.moveIn();
  const { page } = ann;
  await page.goto('/people');
  const tiles = page.locator('.tile');
  expect(await tiles.count()).toBe(20);
  for (const count of [40, 43]) {
    await page.getByRole('link', { name: 'Show more' }).press('Enter');
    await tiles.nth(count - 1).waitFor();
    expect(await tiles.count()).toBe(count);
    expect(await page.evaluate('document.activeElement.className')).toBe('tile-link');
  }
  await page.getByText('3 more people').waitFor({ state: 'attached' });
  expect(await page.getByRole('link', { name: 'Show more' }).count()).toBe(0);
  const names = await page.locator('.tile .handle').allTextContents();
  expect(new Set(names).size).toBe(43);
  expect(await faultsOfAxe(page)).toEqual([]);
  await tiles.first().getByRole('link', { name: 'Say hello' }).click();
  await page.waitForURL('**/chats/sakura*');
  expect(ann.complaints).toEqual([]);
});

test('with scripts switched off, pages follow each other, filters are addresses, and a name finds one', async () => {
  const ben = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  await ben.moveIn();
  const { page } = ben;
  await page.goto('/people');
  const seen: string[] = [];
  for (;;) {
    seen.push(...(await page.locator('.tile .handle').allTextContents()));
    const more = page.getByRole('link', { name: 'Show more' });
    if ((await more.count()) === 0) break;
    await more.click();
  }
  expect([seen.length, new Set(seen).size]).toEqual([43, 43]);
  await page.goto('/people');
  await page.locator('.filter > summary').click();
  await page.getByLabel('Name').fill('sakura7');
  await page.getByRole('button', { name: 'Show people' }).click();
  expect(await page.locator('.tile .handle').allTextContents()).toEqual(['@sakura7']);
  await page.getByRole('link', { name: /Name: sakura7/ }).click();
  expect(await page.locator('.tile').count()).toBe(20);
});
