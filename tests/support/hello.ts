import type { TestHouse } from './house.ts';
import { newPerson, type Page, type Visitor, visitor } from './visitor.ts';

/** Somebody in the house, and what they are called. */
export interface Member {
  who: Visitor;
  username: string;
}

/** Grown up, unless something else is said. */
export async function memberOf(
  house: TestHouse,
  changes: Parameters<typeof newPerson>[0] = {},
): Promise<Member> {
  const who = visitor(house);
  const { username } = await who.signUp(changes);
  return { who, username };
}

/** Opens their page and sends its form. */
export async function sayHello({ who }: Member, to: string, text: string): Promise<Page> {
  const { html } = await who.get(`/chats/${to}`);
  const clientId = /name="clientId" value="([^"]+)"/.exec(html)?.[1];
  return who.post(`/chats/${to}`, { text, clientId });
}

/** What a page's field holds. */
export function typedIn({ html }: Page): string {
  return /<textarea id="text"[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? '';
}
