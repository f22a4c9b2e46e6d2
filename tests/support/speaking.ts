import type { TestHouse } from './house.ts';
import { type Fields, type Page, type Visitor, visitor } from './visitor.ts';

/**
 * Languages as tests write them: "de fr / es-B1 ja" is somebody who speaks German and French, learns Spanish at B1 and
 * Japanese at a level that is not said.
 */
export function fieldsOf(languages: string): { [name: string]: string[] } {
  const [spoken = '', learnt = ''] = languages.split('/');
  const words = (text: string): string[] => text.trim().split(/\s+/);
  return {
    nativeLanguage: words(spoken),
    learningLanguages: words(learnt).map((word) => word.split('-')[0]!),
    levels: words(learnt).map((word) => word.split('-')[1] ?? ''),
  };
}

/** Sends the form without ever having looked at the page, as another program does. */
export function speak(who: Visitor, languages: string, more: Fields = {}): Promise<Page> {
  return who.post('/settings/languages', { ...fieldsOf(languages), ...more });
}

/** Opens the page; answers how to send its form, now or later. */
export async function openForm(
  who: Visitor,
): Promise<{ page: Page; send: (languages: string) => Promise<Page> }> {
  const page = await who.get('/settings/languages');
  const shown = /name="shown" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  return { page, send: (languages) => speak(who, languages, { shown }) };
}

/** What the database knows, in the same writing. */
export async function spoken({ stores }: TestHouse, username: string): Promise<string> {
  const rows = await stores.sql<{ word: string; role: string; position: number }>(
    `SELECT l."code" || COALESCE('-' || l."level", '') AS word, l."role", l."position"
     FROM "UserLanguage" l JOIN "User" u ON u."id" = l."userId" WHERE u."usernameKey" = $1
     ORDER BY l."role", l."position"`,
    [username],
  );
  const of = (role: string): string => {
    const mine = rows.filter((row) => row.role === role);
    if (mine.some(({ position }, n) => position !== n)) throw new Error(`holes among the ${role} languages`);
    return mine.map(({ word }) => word).join(' ');
  };
  return `${of('native')} / ${of('learning')}`;
}

interface PastChange {
  at: Date;
  counted: boolean;
  before: object[];
  after: object[];
}

/** A person's changes of languages in their order; of two at one moment the free one came first. */
export function changesOf({ stores }: TestHouse, username: string): Promise<PastChange[]> {
  return stores.sql<PastChange & Record<string, unknown>>(
    `SELECT c."at", c."counted", c."before", c."after" FROM "LanguageChange" c JOIN "User" u ON u."id" = c."userId"
     WHERE u."usernameKey" = $1 ORDER BY c."at", c."counted"`,
    [username],
  );
}

export interface Speaker {
  ann: Visitor;
  username: string;
  password: string;
}

/** Somebody who has just joined: "de / es ja". */
export async function newcomer(house: TestHouse): Promise<Speaker> {
  const ann = visitor(house);
  const person = await ann.signUp();
  // Forms that are sent at once shall come from one page.
  await ann.token();
  return { ann, ...person };
}

/** Somebody whose free change is used: "de / es". The next one counts. */
export async function settled(house: TestHouse): Promise<Speaker> {
  const speaker = await newcomer(house);
  const page = await speak(speaker.ann, 'de / es');
  if (page.status !== 303) throw new Error(`the free change answered ${page.status}`);
  return speaker;
}

/** Somebody who has to wait for the next change: "de fr / es-B1 ja", changed at this very moment. */
export async function waiting(house: TestHouse): Promise<Speaker> {
  const speaker = await settled(house);
  const page = await speak(speaker.ann, 'de fr / es-B1 ja');
  if (page.status !== 303) throw new Error(`the change answered ${page.status}`);
  return speaker;
}

/** The same person at another device, signed in anew. */
export async function elsewhere(
  house: TestHouse,
  { username, password }: Pick<Speaker, 'username' | 'password'>,
): Promise<Visitor> {
  const other = visitor(house);
  const page = await other.signIn(username, password);
  if (page.status !== 303) throw new Error(`signing in answered ${page.status}`);
  await other.token();
  return other;
}
