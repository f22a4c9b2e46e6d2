import type { TestHouse } from './house.ts';
import { repeatedly } from './many.ts';
import { type Page, visitor, type Visitor } from './visitor.ts';

export const right = 'lantern-tandem-42';
export const wrong = 'lantern-tandem-43';

/** The lines of an answer that set cookies of this name. */
export function cookieLines(page: Page, name: string): string[] {
  return ([] as string[])
    .concat(page.header('set-cookie') ?? [])
    .filter((line) => line.startsWith(`${name}=`));
}

/** The device cookie that a browser holds. */
export function deviceIn(who: Visitor): string {
  const cookie = who.cookies.get('device');
  if (!cookie) throw new Error('this browser holds no device cookie');
  return cookie;
}

/** A browser that holds this device cookie and nothing else. */
export function browserWith(house: TestHouse, device: string, options: { ip?: string } = {}): Visitor {
  const who = visitor(house, options);
  who.cookies.set('device', device);
  return who;
}

/** Somebody with an account, and the cookie of the device it was made on. */
export async function member(house: TestHouse): Promise<{ username: string; email: string; device: string }> {
  const who = visitor(house);
  const { username, email } = await who.signUp();
  return { username, email, device: deviceIn(who) };
}

/** Wrong passwords, each from another browser in another network; after five of them strangers have to wait. */
export function strangersFail(house: TestHouse, identifier: string, times = 5): Promise<Page[]> {
  return repeatedly(times, () => visitor(house).signIn(identifier, wrong));
}

/** Whether a browser with this device cookie alone gets in, while every stranger has to wait. */
export async function isKnown(house: TestHouse, device: string, username: string): Promise<boolean> {
  if ((await visitor(house).signIn(username, right)).status !== 429) await strangersFail(house, username);
  const stranger = await visitor(house).signIn(username, right);
  if (stranger.status !== 429) throw new Error(`strangers do not wait: ${stranger.status}`);
  return (await browserWith(house, device).signIn(username, right)).redirectedTo === '/people';
}
