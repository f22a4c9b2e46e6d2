import { generateSync } from 'otplib';
import { right } from './devices.ts';
import type { TestHouse } from './house.ts';
import { type Page, visitor, type Visitor } from './visitor.ts';

/** The key that the page for setting up shows. */
export function keyIn(html: string): string {
  const key = /<code class="app-key"[^>]*>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1];
  if (!key) throw new Error('no key on this page');
  return key.replaceAll(' ', '');
}

export function codesIn(html: string): string[] {
  const list = /<ol class="codes"[\s\S]*?<\/ol>/.exec(html)?.[0] ?? '';
  return [...list.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code!);
}

/** What an app with this key shows at the house's time, or so many steps later. */
export function appCode(house: TestHouse, key: string, steps = 0): string {
  const epoch = Math.floor(house.clock.now().getTime() / 1000) + steps * 30;
  return generateSync({ secret: key, epoch });
}

export function setUp(who: Visitor, code: string, currentPassword = right): Promise<Page> {
  return who.post('/settings/second-factor', { code, currentPassword });
}

/** Somebody with a second factor, and what they have of it. */
export async function withSecondFactor(house: TestHouse) {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  const key = keyIn((await ann.get('/settings/second-factor')).html);
  const done = await setUp(ann, appCode(house, key));
  if (done.redirectedTo !== '/settings/second-factor') throw new Error(`setting up answered ${done.status}`);
  const codes = codesIn((await ann.get('/settings/second-factor')).html);
  await house.outbox.next(email);
  // The code that set it up is used.
  house.clock.pass(60_000);
  return { ann, username, email, key, codes };
}

/** A browser after the right password. */
export async function atSecondStep(
  house: TestHouse,
  username: string,
  { who = visitor(house), password = right }: { who?: Visitor; password?: string } = {},
): Promise<Visitor> {
  const page = await who.signIn(username, password);
  if (page.redirectedTo !== '/login/second') throw new Error(`signing in answered ${page.status}`);
  return who;
}

export function second(who: Visitor, code: string): Promise<Page> {
  return who.post('/login/second', { code });
}
