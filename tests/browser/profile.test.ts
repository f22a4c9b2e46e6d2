import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base } = await browserOfThisFile();

function field(page: Page, label: string) {
  return page.getByLabel(label, { exact: true });
}
function save(guest: Guest) {
  return guest.send('/settings/profile', '/profile');
}
async function main(page: Page): Promise<string> {
  return (await page.locator('main').textContent()) ?? '';
}

test('Ann says who she is, Ben reads it, and she hides again', async () => {
  const ann = await Guest.arrive(browser, base);
  const { username } = await ann.moveIn();
  await ann.page.getByRole('link', { name: 'Edit your profile' }).click();
  await field(ann.page, 'Display name (optional)').fill('Ann Sørensen 👩‍👩‍👧‍👦');
  await ann.page.getByText('14 of 50').waitFor();
  await field(ann.page, 'About yourself (optional)').fill('Ahoj!\nשלום https://example.com');
  await field(ann.page, 'Country').selectOption('DK');
  await ann.page.locator('summary', { hasText: 'Food and home' }).click();
  await field(ann.page, 'Coffee').check();
  await field(ann.page, 'Painting').check();
  await ann.page.getByText('2 of 10 chosen').waitFor();
  await save(ann);
  expect(await ann.page.getByRole('heading', { level: 1 }).textContent()).toBe('Ann Sørensen 👩‍👩‍👧‍👦');

  const ben = await Guest.arrive(browser, base, { viewport: { width: 360, height: 740 } });
  await ben.moveIn();
  await ben.page.goto(`/people/${username}`);
  for (const shown of [`@${username}`, 'Denmark', 'Coffee', 'Painting'])
    expect(await main(ben.page)).toContain(shown);
  const bio = ben.page.locator('[dir=auto]');
  expect(await bio.innerText()).toBe('Ahoj!\nשלום https://example.com');
  expect(await ben.page.getByRole('link', { name: /example/ }).count()).toBe(0);

  await ann.page.goto('/settings/privacy');
  await ann.page
    .getByRole('group', { name: 'Who can see your profile' })
    .getByRole('radio', { name: 'Nobody' })
    .check();
  await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
  await ann.page.getByText('Your choices have been saved.').waitFor();
  await ann.page.goto('/profile');
  expect(await main(ann.page)).toContain('Nobody else can see your profile.');
  await ben.page.reload();
  await ben.page.getByText("There's nobody here by that name.").waitFor();
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});

test('Cem writes too much, is told on the form and mends it', async () => {
  const cem = await Guest.arrive(browser, base);
  await cem.moveIn();
  await cem.page.goto('/settings/profile');
  const bio = field(cem.page, 'About yourself (optional)');
  await bio.fill('x'.repeat(501));
  await cem.page.getByText('501 of 500').waitFor();
  expect(await cem.page.getByRole('status').filter({ hasText: 'Too long' }).count()).toBe(1);
  await cem.page.getByRole('button', { name: 'Save my profile' }).click();
  const summary = cem.page.locator('#error-summary');
  await summary.getByRole('link', { name: /at most 500/ }).click();
  expect(await cem.page.evaluate('document.activeElement.id')).toBe('bio');
  await bio.fill('x');
  await save(cem);
  expect(cem.complaints).toEqual([]);
});

test('Dee has the form open twice: the later tab is told, and nothing of either is lost', async () => {
  const dee = await Guest.arrive(browser, base);
  await dee.moveIn();
  await dee.page.goto('/settings/profile');
  const other = await dee.context.newPage();
  await other.goto('/settings/profile');
  await field(other, 'Display name (optional)').fill('Dee in the other tab');
  await field(other, 'About yourself (optional)').fill('There');
  await other.getByRole('button', { name: 'Save my profile' }).click();
  await other.waitForURL('**/profile');

  await field(dee.page, 'About yourself (optional)').fill('Here');
  await dee.page.getByRole('button', { name: 'Save my profile' }).click();
  await dee.page.getByRole('heading', { name: 'What changed in the meantime' }).waitFor();
  expect(await dee.page.evaluate('document.activeElement.id')).toBe('changed-meanwhile');
  const told = await dee.page.getByRole('region', { name: 'What changed in the meantime' }).textContent();
  for (const said of ['Dee in the other tab', 'There', 'Here']) expect(told).toContain(said);
  expect(await field(dee.page, 'Display name (optional)').inputValue()).toBe('Dee in the other tab');
  expect(await field(dee.page, 'About yourself (optional)').inputValue()).toBe('Here');
  await save(dee);
  expect(await main(dee.page)).toContain('Dee in the other tab');
  expect(await main(dee.page)).toContain('Here');
  expect(dee.complaints).toEqual([]);
});

test('Eve edits on a small phone with scripts switched off', async () => {
  const eve = await Guest.arrive(browser, base, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  await eve.moveIn();
  await eve.page.goto('/settings/profile');
  await field(eve.page, 'About yourself (optional)').fill('\n\nOne\n\nTwo');
  await eve.page.locator('summary', { hasText: 'Sport' }).click();
  await field(eve.page, 'Yoga').check();
  await save(eve);
  expect(await eve.page.locator('[dir=auto]').innerText()).toBe('One\n\nTwo');
  expect(await main(eve.page)).toContain('Yoga');
});
