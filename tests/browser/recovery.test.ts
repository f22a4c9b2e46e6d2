import { expect, test } from '@jest/globals';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { forgetPassword, readMessage, typeNewPassword } from '../support/browser-emails.ts';
import { another } from '../support/recovering.ts';

const { browser, base } = await browserOfThisFile();

test('Ann resets by email on another computer; at home she is signed out at her next click', async () => {
  const home = await Guest.arrive(browser, base);
  const { username, email, password } = await home.moveIn();

  const away = await Guest.arrive(browser, base);
  await forgetPassword(away, email);
  await away.page.waitForURL('**/password/code');
  await away.page.locator('[name=code]').fill(await away.readCode(email));
  await away.send('/password/code', '/password/new');
  expect(await away.page.locator('main').textContent()).toContain(username);
  // A refused password costs nothing but another try.
  await away.page.locator('[name=password]').fill(password);
  await away.page.locator('[name=passwordConfirmation]').fill(password);
  await away.page.getByRole('button', { name: 'Set a new password' }).click();
  await away.page.getByText("That's your current password.").first().waitFor();
  await typeNewPassword(away, another);
  await away.signIn(email, another);
  expect(await readMessage(away, email, /The password for (\S+) was changed/)).toBe(username);

  await home.page.getByRole('link', { name: 'Settings' }).click();
  await home.page.waitForURL('**/login?next=**');
  await home.page.locator('[name=identifier]').fill(username);
  await home.page.locator('[name=password]').fill(another);
  await home.send('/login', '/settings');
  expect([...home.complaints, ...away.complaints]).toEqual([]);
});

test('Ben resets by text message on his phone', async () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
  const ben = await Guest.arrive(browser, base, phone);
  const { username } = await ben.fillSignUp({ mobile: '0151 234-56790' });
  await ben.send('/sign-up', '/sign-up/code');
  await ben.page.locator('[name=code]').fill(await ben.readCode('+4915123456790'));
  await ben.send('/sign-up/code', '/welcome');
  await ben.signOut();

  await forgetPassword(ben, '0151/234567-90');
  await ben.page.waitForURL('**/password/code');
  const code = await readMessage(
    ben,
    '+4915123456790',
    /^[A-Z]{3}: your ChatLink code for a new password is (\d{6})\./,
  );
  await ben.page.locator('[name=code]').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await ben.send('/password/code', '/password/new');
  await typeNewPassword(ben, another);
  await ben.signIn(username, another);
  expect(ben.complaints).toEqual([]);
});

test('Cem resets with scripts switched off, mistypes his code once, and sends himself another', async () => {
  const cem = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  const { username, email } = await cem.moveIn();
  await cem.signOut();
  await forgetPassword(cem, username);
  const first = await cem.readCode(email);
  await cem.page.locator('[name=code]').fill(first === '000000' ? '000001' : '000000');
  await cem.page.keyboard.press('Enter');
  await cem.page.getByText('4 tries left').waitFor();
  await cem.page.getByRole('button', { name: 'Send a new code' }).click();
  await cem.page.getByText('a new code is on its way').waitFor();
  let second = first;
  while (second === first) second = await cem.readCode(email);
  await cem.page.locator('[name=code]').fill(second);
  await cem.send('/password/code', '/password/new');
  await typeNewPassword(cem, another);
  await cem.signIn(username, another);
});

test('Dee, for whom somebody used up all codes, comes in by the link that she was sent', async () => {
  const dee = await Guest.arrive(browser, base);
  const { email } = await dee.moveIn();
  await dee.signOut();
  const refusal = dee.page.getByText('look for our message with a link').first();
  for (let asked = 0; asked < 6 && !(await refusal.isVisible()); asked++) {
    await forgetPassword(dee, email);
    await dee.page.waitForLoadState();
  }
  await refusal.waitFor();
  const link = await readMessage(dee, email, /http\S+\/password\/link\/[\w-]+/);
  // A mail scanner that looks at the link uses nothing up.
  await dee.page.goto(link);
  await dee.page.goto(link);
  await dee.page.getByRole('button', { name: 'Continue' }).click();
  await dee.page.waitForURL('**/password/new');
  await typeNewPassword(dee, another);
  await dee.signIn(email, another);
  await dee.signOut();
  await dee.page.goto(link);
  await dee.page.getByText('This link has expired or has already been used.').waitFor();
  expect(dee.complaints).toEqual([]);
});
