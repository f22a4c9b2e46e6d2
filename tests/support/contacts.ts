import type { TestHouse } from './house.ts';
import { newMobile } from './joining.ts';
import { errorsIn, type Fields, newPerson, type Page, type Visitor, visitor } from './visitor.ts';

/** The password that everybody in the tests joins with. */
const currentPassword = 'lantern-tandem-42';

/** Somebody who has just joined and looks at the page of contacts; `changes` of the sign-up form. */
export async function member(
  house: TestHouse,
  changes: Fields = {},
): Promise<{ ann: Visitor; username: string; email: string; password: string }> {
  const ann = visitor(house);
  const person = await ann.signUp(changes);
  await ann.get('/settings/contact');
  return { ann, ...person };
}

/** An address that nobody has. */
export function newEmail(): string {
  return String(newPerson().email);
}

export function askEmail(who: Visitor, email: string, more: Fields = {}): Promise<Page> {
  return who.post('/settings/contact/email', { email, currentPassword, ...more });
}

/** `mobile` in its international form. */
export function askMobile(who: Visitor, mobile: string, more: Fields = {}): Promise<Page> {
  return who.post('/settings/contact/mobile', { mobileCountry: '', mobile, currentPassword, ...more });
}

function ask(who: Visitor, to: string, password: string): Promise<Page> {
  return (to.includes('@') ? askEmail : askMobile)(who, to, { currentPassword: password });
}

/** Asks for a code for a new contact, and holds it. */
export async function codeFor(
  house: TestHouse,
  who: Visitor,
  to: string,
  password = currentPassword,
): Promise<string> {
  const page = await ask(who, to, password);
  if (page.redirectedTo !== '/settings/contact/code')
    throw new Error(`the form answered ${page.status}: ${errorsIn(page.html).join(' | ')}`);
  return house.outbox.nextCode(to);
}

export function typeContactCode(who: Visitor, code: string): Promise<Page> {
  return who.post('/settings/contact/code', { code });
}

/** The whole way to a new contact; answers where it leads. */
export async function changeTo(
  house: TestHouse,
  who: Visitor,
  to: string,
  password = currentPassword,
): Promise<string> {
  const page = await typeContactCode(who, await codeFor(house, who, to, password));
  if (page.redirectedTo !== '/settings/contact') throw new Error(`the code answered ${page.status}`);
  return to;
}

export function changeEmail(house: TestHouse, who: Visitor): Promise<string> {
  return changeTo(house, who, newEmail());
}
export function changeMobile(house: TestHouse, who: Visitor): Promise<string> {
  return changeTo(house, who, newMobile());
}

/** The way back in the next message to a contact: "/contact/undo/…". */
export async function undoIn(house: TestHouse, to: string): Promise<string> {
  const { text } = await house.outbox.next(to);
  const path = /\/contact\/undo\/[\w-]{32}/.exec(text)?.[0];
  if (!path) throw new Error(`no way back in: ${text}`);
  return path;
}

/** As if everything that was changed so far had been changed 73 hours earlier: its ways back have run out. */
export async function waysRunOut({ stores, clock }: TestHouse, username: string): Promise<void> {
  await stores.sql(
    `UPDATE "ContactUndo" c SET "createdAt" = c."createdAt" - interval '73 hours', "expiresAt" = c."expiresAt" - interval '73 hours'
     FROM "User" u WHERE u."id" = c."userId" AND u."username" = $1`,
    [username],
  );
  // Its events stay where they are: the next one comes after them.
  clock.pass(1);
}

export interface ContactRow {
  id: string;
  email: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
  securityVersion: number;
}

/** What the database knows of somebody's contacts. */
export async function contactsOf({ stores }: TestHouse, username: string): Promise<ContactRow> {
  const [row] = await stores.sql<ContactRow>(
    `SELECT "id", "email", "emailVerifiedAt", "phone", "phoneVerifiedAt", "securityVersion"
     FROM "User" WHERE "username" = $1`,
    [username],
  );
  return row!;
}

/** What happened to the contacts of an account, oldest first. */
export async function contactEvents({ stores }: TestHouse, username: string): Promise<string[]> {
  const rows = await stores.sql<{ kind: string }>(
    `SELECT e."kind" FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId"
     WHERE u."username" = $1 AND e."kind"::text LIKE 'contact%' ORDER BY e."at"`,
    [username],
  );
  return rows.map(({ kind }) => kind);
}
