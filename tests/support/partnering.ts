import { ApiClient } from './api.ts';
import { memberOf, type Member, sayHello } from './hello.ts';
import type { TestHouse } from './house.ts';
import { type Page, textOf } from './visitor.ts';

/** Two who accepted each other's hello, and have read it: message 1 is Ann's. */
export async function partnersIn(
  house: TestHouse,
  changes: Parameters<typeof memberOf>[1] = {},
  others: Parameters<typeof memberOf>[1] = changes,
): Promise<{ ann: Member; ben: Member }> {
  const [ann, ben] = await Promise.all([memberOf(house, changes), memberOf(house, others)]);
  await house.stores.sql('UPDATE "User" SET "whoMayWrite" = $1 WHERE "usernameKey" = ANY($2)', [
    'band',
    [ann.username, ben.username],
  ]);
  const said = await sayHello(ann, ben.username, 'Hallo!');
  if (said.status !== 303) throw new Error(`saying hello answered ${said.status}`);
  await ben.who.post(`/chats/${ann.username}/accept`);
  await ben.who.get(`/chats/${ann.username}`);
  return { ann, ben };
}

/** Opens the page and sends its form, as somebody without a script does. */
export async function write(from: Member, to: Member, text: string, more: object = {}): Promise<Page> {
  const { html } = await from.who.get(`/chats/${to.username}`);
  const clientId = /name="clientId" value="([^"]+)"/.exec(html)![1]!;
  return from.who.post(`/chats/${to.username}`, { text, clientId, ...more });
}

/** One message of a page, as text and as HTML. */
export function messageIn({ html }: Page, seq: number): { text: string; html: string } {
  const found = new RegExp(
    `<li class="message[^>]*id="m-${seq}"[^]*?(?=<li class="(?:message|day|new)|<span id="latest")`,
  );
  const item = found.exec(html)?.[0] ?? '';
  return { text: textOf(item), html: item };
}

interface Row {
  seq: number;
  mine: boolean;
  text: string | null;
  edits: number;
  note: string | null;
  reactions: { emoji: string; mine: boolean }[];
  corrects: { seq: number; text: string | null; outdated: boolean } | null;
  answers: { seq: number } | null;
  language: string | null;
  kept: boolean;
}

/** What somebody has of a conversation, by the API. */
export async function talkOf({ who }: Member, { username }: { username: string }) {
  const { body } = await new ApiClient(who).get(`/chats/${username}`);
  return body as unknown as {
    messages: Row[];
    readSeq: number;
    theirReadSeq: number | null;
    draft: string;
    muted: boolean;
  };
}
