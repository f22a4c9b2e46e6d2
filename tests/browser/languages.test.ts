import { expect, test } from '@jest/globals';
import { days } from '../../src/kernel/clock.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base, house } = await browserOfThisFile();

/** The select of this name: itself, or behind a field to type into. */
function language(guest: Guest, label: string) {
  const field = guest.page.getByLabel(label, { exact: true });
  const behind = guest.page.locator('.combobox', { has: field }).locator('select');
  return guest.page.locator('select').and(field).or(behind);
}
function save(guest: Guest) {
  return guest.send('/settings/languages', '/profile');
}
function focused(guest: Guest) {
  return guest.page.evaluate('document.activeElement.id');
}
async function main(guest: Guest): Promise<string> {
  return (await guest.page.locator('main').textContent()) ?? '';
}

test('Ann mends a language for free, changes another, meets the wait, and still raises her level', async () => {
  const ann = await Guest.arrive(browser, base);
  const { username, password } = await ann.moveIn();
  await ann.page.getByRole('link', { name: 'Settings' }).click();
  await ann.page.getByRole('link', { name: 'Languages' }).click();
  await ann.page.getByText('You have one free change until').waitFor();
  await language(ann, 'Language 1').selectOption('ko');
  await save(ann);
  expect(await main(ann)).toContain('Korean');

  await ann.page.goto('/settings/languages');
  await ann.page.getByText('If you change them now').waitFor();
  await ann.page.getByRole('button', { name: 'Add another language you speak' }).click();
  expect(await focused(ann)).toBe('nativeLanguage-1');
  await ann.page.keyboard.type('Breton');
  await ann.page.getByRole('button', { name: 'Add another language to learn' }).click();
  await language(ann, 'Language 2 (optional)').selectOption('ja');
  await language(ann, 'Level of language 2').selectOption('A2');
  await save(ann);
  expect(await main(ann)).toContain('You can change them again from 15 Jul 2026');
  expect(await main(ann)).toContain('Breton');

  await ann.page.goto('/settings/languages');
  await ann.page.getByText('You can change them again from').waitFor();
  expect(await ann.page.locator('select:not([name=levels])').count()).toBe(0);
  await language(ann, 'Your level of Japanese').selectOption('B1');
  await save(ann);
  await ann.page.goto('/settings/languages');
  expect(await language(ann, 'Your level of Japanese').inputValue()).toBe('B1');

  house.clock.pass(days(30));
  await ann.page.goto('/login');
  await ann.signIn(username, password);
  await ann.page.goto('/settings/languages');
  await language(ann, 'Language 1').selectOption('es');
  await save(ann);
  expect(await main(ann)).toContain('Spanish');
  expect(ann.complaints).toEqual([]);
});

test('Ben does it on a phone with scripts switched off, leaving a select in the middle empty', async () => {
  const ben = await Guest.arrive(browser, base, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  await ben.moveIn();
  await ben.page.goto('/settings/languages');
  await ben.page.getByText('Add more languages to learn').click();
  await language(ben, 'Language 4 (optional)').selectOption('it');
  await language(ben, 'Level of language 4').selectOption('C1');
  await language(ben, 'Level of language 1').selectOption('A1');
  await save(ben);
  await ben.page.goto('/settings/languages');
  expect(await language(ben, 'Language 2 (optional)').inputValue()).toBe('it');
  expect(await language(ben, 'Level of language 2').inputValue()).toBe('C1');
  expect(await language(ben, 'Level of language 1').inputValue()).toBe('A1');
});

test('Cem has the page open twice: what one tab saved the other does not undo', async () => {
  const cem = await Guest.arrive(browser, base);
  await cem.moveIn();
  await cem.page.goto('/settings/languages');
  const other = await cem.context.newPage();
  await other.goto('/settings/languages');
  await other.locator('[name=learningLanguages]').first().selectOption('ko');
  await other.getByRole('button', { name: 'Save my languages' }).click();
  await other.waitForURL('**/profile');

  await language(cem, 'Language 1').selectOption('es');
  await cem.page.getByRole('button', { name: 'Save my languages' }).click();
  await cem.page.getByText('changed in another window').waitFor();
  await save(cem);
  expect(await main(cem)).toContain('Spanish');
  expect(cem.complaints).toEqual([]);
});

test('Dee had the page open before the wait began: she is told, and finds what is saved', async () => {
  const dee = await Guest.arrive(browser, base);
  await dee.moveIn();
  for (const code of ['es', 'ko']) {
    await dee.page.goto('/settings/languages');
    await language(dee, 'Language 1').selectOption(code);
    if (code === 'es') await save(dee);
  }
  const other = await dee.context.newPage();
  await other.goto('/settings/languages');
  await other.locator('[name=learningLanguages]').first().selectOption('it');
  await other.getByRole('button', { name: 'Save my languages' }).click();
  await other.waitForURL('**/profile');
  await dee.page.getByRole('button', { name: 'Save my languages' }).click();
  const refused = dee.page.getByRole('alert');
  await refused.waitFor();
  expect(await refused.textContent()).toContain('Adding Korean and removing Italian will have to wait');
  expect(await focused(dee)).toBe('error-summary');
  await dee.page.getByLabel('Your level of Italian').waitFor();
  expect(dee.complaints).toEqual([]);
});

test('Eve takes a language away with its level; those below move up', async () => {
  const eve = await Guest.arrive(browser, base);
  await eve.moveIn();
  await eve.page.goto('/settings/languages');
  const removals = eve.page.locator('.learns .remove-row:visible');
  expect(await removals.count()).toBe(0);
  const add = eve.page.getByRole('button', { name: 'Add another language to learn' });
  for (const [place, code, level] of [
    [2, 'it', 'B1'],
    [3, 'pt', 'C1'],
  ] as const) {
    await add.click();
    await language(eve, `Language ${place} (optional)`).selectOption(code);
    await language(eve, `Level of language ${place}`).selectOption(level);
  }
  await eve.page.getByRole('button', { name: 'Remove Language 2' }).click();
  expect(await focused(eve)).toBe('learningLanguages-1');
  expect(await language(eve, 'Language 2 (optional)').inputValue()).toBe('pt');
  expect(await language(eve, 'Level of language 2').inputValue()).toBe('C1');
  expect(await eve.page.getByLabel('Language 3 (optional)').isVisible()).toBe(false);
  await eve.page.getByRole('button', { name: 'Remove Language 1' }).click();
  expect(await removals.count()).toBe(0);
  await save(eve);
  const spoken = await eve.page.locator('[aria-labelledby=learns]').textContent();
  expect(spoken).toContain('Portuguese');
  expect(spoken).not.toContain('Italian');
  expect(eve.complaints).toEqual([]);
});
