import { expect, test } from '@jest/globals';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { newEmail } from '../support/contacts.ts';

const { browser, base } = await browserOfThisFile();

/** Fills one of the two forms of the page of contacts. */
async function fill(who: Guest, channel: 'email' | 'mobile', to: string, password: string): Promise<void> {
  const form = who.page.locator(`form[action="/settings/contact/${channel}"]`);
  if (channel === 'mobile') await form.locator('[name=mobileCountry]').selectOption('DE');
  await form.locator(`[name=${channel}]`).fill(to);
  await form.locator('[name=currentPassword]').fill(password);
}

/** Reads the newest way back at /dev/outbox. */
async function wayBack(who: Guest): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    await who.page.goto('/dev/outbox');
    const path = /\/contact\/undo\/[\w-]{32}/.exec(await who.page.content())?.[0];
    if (path) return path;
  }
  throw new Error('no way back in the outbox');
}

test('Eve changes Ann’s email behind her back; Ann follows the link in her old mailbox and is herself again', async () => {
  const eve = await Guest.arrive(browser, base);
  const { username, email, password } = await eve.moveIn();
  await eve.page.getByRole('link', { name: 'Settings' }).click();
  await eve.page.getByRole('link', { name: 'Email and mobile' }).click();
  await eve.page.getByRole('heading', { level: 1, name: 'Email and mobile' }).waitFor();
  expect(await eve.page.locator('main').textContent()).not.toContain(email);

  const next = newEmail();
  await fill(eve, 'email', next, 'not-her-password');
  await eve.send('/settings/contact/email', '/settings/contact/email');
  const summary = eve.page.locator('.error-summary');
  await summary.getByRole('link', { name: "That's not your password." }).click();
  expect(await eve.page.evaluate('document.activeElement.id')).toBe('email-currentPassword');
  expect(await eve.page.locator('[name=email]').inputValue()).toBe(next);

  await fill(eve, 'email', next, password);
  await eve.send('/settings/contact/email', '/settings/contact/code');
  await eve.page.locator('[name=code]').fill(await eve.readCode(next));
  await eve.send('/settings/contact/code', '/settings/contact');
  await eve.page.getByText('Your email address has been changed.').waitFor();

  const ann = await Guest.arrive(browser, base, { viewport: { width: 390, height: 760 }, hasTouch: true });
  const way = await wayBack(ann);
  await ann.page.goto(way);
  expect(await ann.page.locator('main').textContent()).toContain(
    `The email address on ${username}'s account was changed.`,
  );
  await ann.send(way, '/password/new');
  await eve.page.reload();
  await eve.page.waitForURL('**/login**');
  await eve.page.locator('[name=identifier]').fill(username);
  await eve.page.locator('[name=password]').fill(password);
  await eve.page.locator('form[action="/login"] button[type=submit]').click();
  await eve.page.locator('.error-summary').waitFor();

  const another = 'meadow-trumpet-93';
  await ann.page.locator('[name=password]').fill(another);
  await ann.page.locator('[name=passwordConfirmation]').fill(another);
  await ann.send('/password/new', '/login');
  await ann.signIn(email, another);
  expect([...eve.complaints, ...ann.complaints]).toEqual([]);
});

test('Ben adds his number with scripts switched off, thinks again once, and signs in with it', async () => {
  const ben = await Guest.arrive(browser, base, { javaScriptEnabled: false });
  const { password } = await ben.moveIn();
  await ben.page.goto('/settings/contact');
  await fill(ben, 'mobile', '0151 987-65432', password);
  await ben.send('/settings/contact/mobile', '/settings/contact/code');
  await ben.page.getByRole('button', { name: /changed your mind/i }).click();
  await ben.page.waitForURL('**/settings/contact');

  await fill(ben, 'mobile', '0151 987-65431', password);
  await ben.send('/settings/contact/mobile', '/settings/contact/code');
  await ben.page.locator('[name=code]').fill(await ben.readCode('+4915198765431'));
  await ben.send('/settings/contact/code', '/settings/contact');
  expect(await ben.page.locator('main').textContent()).toContain('+49 ••• ••• 31');
  await ben.page.goto('/settings');
  await ben.send('/logout', '/login');
  await ben.signIn('+49 151 98765431', password);
});
