import { expect, test } from '@jest/globals';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';

const { browser, base, house } = await browserOfThisFile();

/** On a small phone, with or without scripts. */
async function two(options: Parameters<typeof Guest.arrive>[2] = {}) {
  const [ann, ben] = [
    await Guest.arrive(browser, base, { viewport: { width: 320, height: 700 }, ...options }),
    await Guest.arrive(browser, base, options),
  ];
  return { ann, ben, annIs: await ann.moveIn(), benIs: await ben.moveIn() };
}

async function main({ page }: Guest): Promise<string> {
  return ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');
}

function field({ page }: Guest) {
  return page.getByLabel('Your message', { exact: true });
}

async function sayHello(guest: Guest, to: string, text: string): Promise<void> {
  await guest.page.goto(`/people/${to}`);
  await guest.page.getByRole('link', { name: 'Say hello' }).click();
  await field(guest).fill(text);
  await guest.page.getByRole('button', { name: 'Send' }).click();
  await guest.page.getByText('You can write more once they answer.').waitFor();
}

test('Ann says hello with a starter, Ben accepts: both can write', async () => {
  const { ann, ben, annIs, benIs } = await two();
  await ann.page.goto(`/people/${benIs.username}`);
  await ann.page.getByRole('link', { name: 'Say hello' }).click();
  await ann.page.getByRole('link', { name: "Ask why they're learning Japanese" }).click();
  expect(await field(ann).inputValue()).toContain("you're learning Japanese");
  await ann.page.getByText(/of 500/).waitFor();
  expect(await faultsOfAxe(ann.page)).toEqual([]);
  await ann.page.getByRole('button', { name: 'Send' }).click();
  await ann.page.getByRole('button', { name: 'Withdraw' }).waitFor();

  await ben.page.goto('/profile');
  await ben.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Chats 1 new' }).click();
  await ben.page.getByRole('link', { name: /^Requests/ }).click();
  expect(await main(ben)).toContain("you're learning Japanese");
  await ben.page.getByRole('button', { name: 'Accept' }).click();
  await ben.page.waitForURL(`**/chats/${annIs.username}`);
  expect(await main(ben)).toContain(`Write to ${annIs.username}`);
  await ann.page.reload();
  expect(await main(ann)).toContain(`Write to ${benIs.username}`);
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});

test('with scripts switched off: a held-back number, the message without it, and "Not now"', async () => {
  const { ann, ben, annIs, benIs } = await two({ javaScriptEnabled: false });
  await ann.page.goto(`/chats/${benIs.username}`);
  await field(ann).fill('Hi! My number is 0151 23456789');
  await ann.page.getByRole('button', { name: 'Send' }).click();
  await ann.page.getByText("There's a phone number in your message.").first().waitFor();
  expect(await field(ann).inputValue()).toBe('Hi! My number is 0151 23456789');
  await field(ann).fill('Hi!\nمرحبا');
  await ann.page.getByRole('button', { name: 'Send' }).click();
  await ann.page.getByRole('button', { name: 'Withdraw' }).waitFor();
  const before = await main(ann);

  await ben.page.goto('/chats/requests');
  expect(await ben.page.locator('.bubble [dir=auto]').innerText()).toBe('Hi!\nمرحبا');
  await ben.page.getByRole('button', { name: 'Not now' }).click();
  await ben.page.getByText("All right. We won't tell them.").waitFor();
  await ann.page.goto(`/chats/${benIs.username}`);
  expect(await main(ann)).toBe(before);
  await ben.page.goto(`/chats/${annIs.username}`);
  expect(await main(ben)).toContain('You chose “Not now” before.');
});

test('Ben harasses, Ann blocks, and what he wrote can still be reported by the conversation', async () => {
  const { ann, ben, annIs, benIs } = await two();
  await sayHello(ben, annIs.username, 'I know where you live');
  await ann.page.goto('/chats/requests');
  await ann.page.getByRole('link', { name: 'Block' }).click();
  await ann.page.getByRole('button', { name: 'Block' }).click();
  await ann.page.goto('/chats/requests');
  await ann.page.getByText('Nobody is waiting for your answer').waitFor();
  for (const path of [`/people/${benIs.username}`, `/chats/${benIs.username}`]) {
    await ann.page.goto(path);
    await ann.page.getByText("There's nobody here by that name.").waitFor();
  }
  await ann.page.goto('/chats');
  await ann.page.getByRole('link', { name: /Former member/ }).click();
  await ann.page.waitForURL(/\/chats\/c_[\w-]{22}$/);
  for (const said of ['I know where you live', "You can't write to each other here."])
    expect(await main(ann)).toContain(said);
  expect(await main(ann)).not.toContain(benIs.username);
  await ann.page.locator('.more > summary').click();
  await ann.page.getByRole('link', { name: 'Report', exact: true }).click();
  await ann.page.waitForURL(/\/report\?about=conversation:c_/);
  await ann.page.getByLabel('Insults or threatens').check();
  await ann.page.getByLabel('In your own words (optional)').fill('He knows my street.');
  await ann.page.getByRole('button', { name: 'Send the report' }).click();
  await ann.page.getByText('Thank you. A person looks at it').waitFor();
  expect(await main(ann)).not.toContain(benIs.username);
  const reports = await house.stores.sql('SELECT "reason", "text", "evidence"::text FROM "Report"');
  expect(reports).toEqual([
    {
      reason: 'insult',
      text: 'He knows my street.',
      evidence: expect.stringContaining('I know where you live'),
    },
  ]);

  await ben.page.goto(`/chats/${annIs.username}`);
  await ben.page.getByText("There's nobody here by that name.").waitFor();
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});

test('a fifteen-year-old and an adult never see each other anywhere', async () => {
  const { ann, ben, annIs, benIs } = await two();
  await house.stores.sql('UPDATE "User" SET "dateOfBirth" = $1 WHERE "usernameKey" = $2', [
    '2011-02-01',
    annIs.username,
  ]);
  for (const [who, other] of [
    [ann, benIs.username],
    [ben, annIs.username],
  ] as const) {
    for (const path of [`/people/${other}`, `/chats/${other}`]) {
      await who.page.goto(path);
      await who.page.getByText("There's nobody here by that name.").waitFor();
      const answer = await who.context.request.get(`/api/v1${path}`);
      expect([path, answer.status()]).toEqual([path, 404]);
    }
    for (const path of ['/chats', '/chats/requests', '/profile']) {
      await who.page.goto(path);
      expect(await main(who)).not.toContain(other);
    }
  }
});
