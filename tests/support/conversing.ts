import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Guest } from './browser.ts';

export interface Partner {
  guest: Guest;
  username: string;
  password: string;
  /** As a program would. */
  post: (path: string, fields?: Record<string, string>) => Promise<number>;
}

async function arrive(browser: Browser, base: string, options: BrowserContextOptions): Promise<Partner> {
  const guest = await Guest.arrive(browser, base, options);
  const { username, password } = await guest.moveIn();
  const { request } = guest.context;
  const { csrfToken } = (await (await request.get('/api/v1/session')).json()) as { csrfToken: string };
  return {
    guest,
    username,
    password,
    post: async (path, fields = {}) => {
      const headers = { 'X-CSRF-Token': csrfToken };
      return (await request.post(`/api/v1${path}`, { data: fields, headers })).status();
    },
  };
}

let pairs = 0;
/** The same words again and again would be held back. */
const helloOf = (n: number): string =>
  Array.from(String(n + 10), (digit) => 'bakelimono'.slice(+digit)).join(' ');

/** Two who accepted each other, each in a browser of their own. Message 1 is the hello. */
export async function partnersIn(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
  anns = browser,
): Promise<{ ann: Partner; ben: Partner }> {
  const { ann, ben } = await askerIn(browser, base, options, anns);
  const accepted = await ben.post(`/chats/${ann.username}/accept`);
  if (accepted !== 200) throw new Error(`The answer to a hello was answered ${accepted}`);
  return { ann, ben };
}

/** Ann has said hello to Ben. */
export async function askerIn(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
  anns = browser,
): Promise<{ ann: Partner; ben: Partner }> {
  const [ann, ben] = [await arrive(anns, base, options), await arrive(browser, base, {})];
  const said = await ann.post(`/chats/${ben.username}`, { text: helloOf(pairs++), clientId: randomUUID() });
  if (said !== 201) throw new Error(`A hello was answered ${said}`);
  return { ann, ben };
}

export const say = (from: Partner, to: Partner, text: string): Promise<number> =>
  from.post(`/chats/${to.username}`, { text, clientId: randomUUID() });

/** Opens the conversation, and waits until it is told what happens. */
export async function openChat(page: Page, other: Partner): Promise<void> {
  const told = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await page.goto(`/chats/${other.username}`);
  await told;
}

export const field = (page: Page) => page.locator('#text');

/** What stands in the list after the hello, in its order: who, and what. */
export const shown = (page: Page): Promise<string[]> =>
  page
    .locator('#messages .message:not(#m-1)')
    .evaluateAll((items) =>
      items.map(
        (item) =>
          `${item.classList.contains('mine') ? '>' : '<'} ${item.querySelector('.written')?.textContent?.trim() ?? '–'}`,
      ),
    );

export const states = (page: Page): Promise<string[]> =>
  page.locator('#messages .message-state').allTextContents();

interface Kept {
  localStorage: { getItem: (key: string) => string | null };
}

/** Until this browser holds so many messages that wait. */
export async function waiting(page: Page, count: number): Promise<void> {
  await page.waitForFunction((n) => {
    const note = (globalThis as unknown as Kept).localStorage.getItem('unsent');
    return (note === null ? 0 : (JSON.parse(note) as { says: string[] }).says.length) === n;
  }, count);
}
