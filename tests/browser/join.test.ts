import { expect, test } from '@jest/globals';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base } = await browserOfThisFile();

test('Ann joins by email, signs out, finds nothing behind Back, and comes back in three ways', async () => {
  const ann = await Guest.arrive(browser, base);
  await ann.page.goto('/');
  await ann.page
    .getByRole('link', { name: /join chatlink/i })
    .first()
    .click();
  const { username, email, password } = await ann.join();
  await ann.page.goto('/profile');
  expect(await ann.page.getByRole('heading', { level: 1 }).textContent()).toContain(username);
  expect(await ann.page.locator('main').textContent()).toContain('Japanese');

  await ann.signOut();
  await ann.page.goBack();
  await ann.page.waitForLoadState();
  expect(await ann.page.locator('body').textContent()).not.toContain(email.slice(-12));
  expect(await ann.page.getByRole('button', { name: /sign out/i }).count()).toBe(0);

  for (const identifier of [username.toUpperCase(), ` ${email}`]) {
    await ann.signIn(identifier, password);
    await ann.signOut();
  }
  expect(ann.complaints).toEqual([]);
});

test('Ben joins by mobile with a number written the national way, and signs in with it', async () => {
  const ben = await Guest.arrive(browser, base, { viewport: { width: 360, height: 740 }, hasTouch: true });
  const { password } = await ben.fillSignUp({ mobile: '0151 234-56789' });
  await ben.send('/sign-up', '/sign-up/code');
  const code = await ben.readCode('+4915123456789');
  await ben.page.locator('[name=code]').fill(`Your code is ${code.slice(0, 3)} ${code.slice(3)}`);
  await ben.send('/sign-up/code', '/welcome');
  await ben.signOut();
  await ben.signIn('+49 (0)151 23456789', password);
  await ben.signOut();
  await ben.signIn('0151/23456789', password);
  expect(ben.complaints).toEqual([]);
});

test('the country code follows the country until one is chosen', async () => {
  const { page } = await Guest.arrive(browser, base);
  await page.goto('/sign-up');
  await page.getByText('Mobile', { exact: true }).click();
  const code = page.locator('#mobileCountry');
  for (const country of ['AT', 'JP']) {
    await page.locator('#country').selectOption(country);
    expect(await code.inputValue()).toBe(country);
  }
  await code.selectOption('BR');
  await page.locator('#country').selectOption('CH');
  expect(await code.inputValue()).toBe('BR');
  // What was chosen is kept with the rest of what was typed.
  await page.reload();
  expect([await page.locator('#country').inputValue(), await code.inputValue()]).toEqual(['CH', 'BR']);
  await page.locator('#country').selectOption('PT');
  expect(await code.inputValue()).toBe('BR');
});

test('Cem joins with scripts switched off', async () => {
  const cem = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  await cem.join();
  await cem.page.goto('/profile');
  expect(await cem.page.locator('main').textContent()).toContain('French');
});

test('Fay, without scripts, chooses five languages from one list', async () => {
  const fay = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  const { email } = await fay.fillSignUp();
  const list = fay.page.getByLabel("You're learning", { exact: true });
  await list.selectOption(['Japanese', 'Spanish', 'German', 'Italian', 'Portuguese']);
  await fay.send('/sign-up', '/sign-up/code');
  await fay.page.locator('[name=code]').fill(await fay.readCode(email));
  await fay.send('/sign-up/code', '/welcome');
  await fay.page.goto('/profile');
  const profile = await fay.page.locator('main').textContent();
  for (const name of ['Japanese', 'Spanish', 'German', 'Italian', 'Portuguese'])
    expect(profile).toContain(name);
});

test('Gus chooses his languages one by one, and a form that comes back keeps their order', async () => {
  const gus = await Guest.arrive(browser, base);
  await gus.fillSignUp();
  await gus.page.getByRole('button', { name: 'Add another language' }).click();
  await gus.page.keyboard.type('Arabic');
  await gus.page.locator('[name=email]').fill('nothing');
  await gus.page.getByRole('button', { name: 'Send my code' }).click();
  await gus.page.getByRole('alert').waitFor();
  // The sentence stands before the script has made single fields of the one list.
  await gus.page.waitForLoadState();
  const selects = gus.page.locator('[name=learningLanguages]');
  const values = [0, 1, 2, 3, 4].map((n) => selects.nth(n).inputValue());
  expect(await Promise.all(values)).toEqual(['ja', 'ar', '', '', '']);
  expect(await gus.page.getByLabel("You're learning", { exact: true }).count()).toBe(1);
  expect(gus.complaints).toEqual([]);
});

test('Dee mistypes everything, sees every mistake at once, and mends it by keyboard', async () => {
  const dee = await Guest.arrive(browser, base);
  await dee.page.goto('/sign-up');
  await dee.page.locator('[name=username]').fill('9dee');
  await dee.page.keyboard.press('Enter');
  const summary = dee.page.locator('[role=alert], .error-summary').first();
  await summary.waitFor();
  expect(await summary.getByRole('link').count()).toBeGreaterThanOrEqual(6);
  expect(await dee.page.locator('[name=username]').inputValue()).toBe('9dee');

  const link = summary.getByRole('link', { name: /letter/i });
  await link.focus();
  await dee.page.keyboard.press('Enter');
  expect(await dee.page.evaluate('document.activeElement.name')).toBe('username');
});
