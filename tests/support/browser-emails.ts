import type { Guest } from './browser.ts';

/**
 * Reads at /dev/outbox, in another tab, the newest message to somebody that says this; waits for one. Answers what the
 * last group found.
 */
export async function readMessage(guest: Guest, to: string, says: RegExp): Promise<string> {
  const tab = await guest.context.newPage();
  try {
    for (let tries = 0; tries < 100; tries++) {
      await tab.goto('/dev/outbox');
      const texts = await tab.locator('article', { hasText: to }).locator('pre').allTextContents();
      const found = texts.map((text) => says.exec(text)?.at(-1)).find(Boolean);
      if (found) return found;
    }
    throw new Error(`no message to ${to} says ${says}`);
  } finally {
    await tab.close();
  }
}

/** From the sign-in page to the code page, for whoever `identifier` is. */
export async function forgetPassword({ page }: Guest, identifier: string): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: /forgot your password/i }).click();
  await page.locator('[name=identifier]').fill(identifier);
  await page.getByRole('button', { name: 'Send me a code' }).click();
}

export async function typeNewPassword(guest: Guest, password: string): Promise<void> {
  await guest.page.locator('[name=password]').fill(password);
  await guest.page.locator('[name=passwordConfirmation]').fill(password);
  await guest.send('/password/new', '/login');
  await guest.page.getByText('Your new password is set.').waitFor();
}
