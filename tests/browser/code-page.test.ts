import { expect, test } from '@jest/globals';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, house, base } = await browserOfThisFile();

function resend(guest: Guest) {
  return guest.page.locator('form[action="/sign-up/code/resend"] button');
}

test('a wrong code is said kindly, costs a try, and the right one still works', async () => {
  const ann = await Guest.arrive(browser, base);
  const { email } = await ann.fillSignUp();
  await ann.send('/sign-up', '/sign-up/code');
  const code = await ann.readCode(email);
  await ann.page.locator('[name=code]').fill(code === '000000' ? '000001' : '000000');
  await ann.page.keyboard.press('Enter');
  await ann.page.getByText('4 tries left').waitFor();
  expect(await ann.page.locator('[name=code]').getAttribute('aria-invalid')).toBe('true');
  await ann.page.locator('[name=code]').fill(code);
  await ann.send('/sign-up/code', '/welcome');
});

test('the resend button waits with its time shown and becomes usable by itself', async () => {
  const ben = await Guest.arrive(browser, base);
  await ben.page.clock.install();
  await ben.fillSignUp();
  await ben.send('/sign-up', '/sign-up/code');
  for (let free = 0; free < 2; free++) {
    await resend(ben).click();
    await ben.page.getByText("We've sent a new code").waitFor();
    house.clock.pass(seconds(2));
  }
  expect(
    (await resend(ben).isDisabled()) || (await resend(ben).getAttribute('aria-disabled')) === 'true',
  ).toBe(true);
  await ben.page
    .getByText(/58 seconds|0:58|58 s/)
    .first()
    .waitFor();

  house.clock.pass(minutes(1));
  await ben.page.clock.fastForward(minutes(1));
  await ben.page.waitForFunction(
    `(() => { const b = document.querySelector('form[action="/sign-up/code/resend"] button');
      return !b.disabled && b.getAttribute('aria-disabled') !== 'true'; })()`,
  );
  await resend(ben).click();
  await ben.page.getByText("We've sent a new code").waitFor();
});

test('"Wrong address? Start over" leads back to the form, filled in but for the passwords', async () => {
  const cem = await Guest.arrive(browser, base);
  const { email } = await cem.fillSignUp();
  await cem.send('/sign-up', '/sign-up/code');
  await cem.send('/sign-up/cancel', '/sign-up');
  expect(await cem.page.locator('[name=email]').inputValue()).toBe(email);
  expect(await cem.page.locator('[name=password]').inputValue()).toBe('');
  await cem.page.goto('/sign-up/code');
  expect(new URL(cem.page.url()).pathname).toBe('/sign-up');
});

test('a page that was left open turns into the one that says its code has expired, once', async () => {
  const dee = await Guest.arrive(browser, base);
  await dee.page.clock.install();
  await dee.fillSignUp();
  await dee.send('/sign-up', '/sign-up/code');
  house.clock.pass(minutes(10));
  await dee.page.clock.fastForward(minutes(10));
  await dee.page.getByText('This code has expired. You can ask for a new one below.').waitFor();
  const said = (await dee.page.locator('main').textContent())!;
  expect(said.split('expired')).toHaveLength(2);
  for (const ofLiveOnes of ['tries left', 'The code works for', 'sending it'])
    expect(said).not.toContain(ofLiveOnes);
});
