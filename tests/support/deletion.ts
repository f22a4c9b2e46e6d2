import type { TestHouse } from './house.ts';
import { type Fields, type Page, type Visitor, visitor } from './visitor.ts';

export interface Someone {
  ann: Visitor;
  username: string;
  email: string;
  password: string;
}

/** Somebody who has joined, with a form's token in hand: forms that are sent at once shall come from one page. */
export async function member(house: TestHouse, changes: Fields = {}): Promise<Someone> {
  const ann = visitor(house);
  const person = await ann.signUp(changes);
  await ann.get('/settings/account');
  return { ann, ...person };
}

export function leave(who: Visitor, currentPassword = 'lantern-tandem-42'): Promise<Page> {
  return who.post('/settings/account/delete', { currentPassword });
}

/** Somebody who has just closed the account. */
export async function leaver(house: TestHouse, changes: Fields = {}): Promise<Someone> {
  const someone = await member(house, changes);
  const page = await leave(someone.ann);
  if (page.redirectedTo !== '/') throw new Error(`leaving answered ${page.status}`);
  return someone;
}

export interface PersonRow {
  id: string;
  securityVersion: number;
  leavingAt: Date | null;
  purgeAt: Date | null;
}

/** What the database knows of somebody; undefined: nothing. */
export async function rowOf({ stores }: TestHouse, username: string): Promise<PersonRow | undefined> {
  const [row] = await stores.sql<PersonRow>(
    'SELECT "id", "securityVersion", "leavingAt", "purgeAt" FROM "User" WHERE "username" = $1',
    [username],
  );
  return row;
}

/** How often things of these kinds happened to an account. */
export async function timesOf({ stores }: TestHouse, username: string, kind: string): Promise<number> {
  const rows = await stores.sql(
    `SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1 AND e."kind"::text = $2`,
    [username, kind],
  );
  return rows.length;
}

export interface RestingName {
  usernameKey: string;
  until: Date;
}

export function restingNames({ stores }: TestHouse, username: string): Promise<RestingName[]> {
  return stores.sql<RestingName>('SELECT * FROM "UsernameQuarantine" WHERE "usernameKey" = lower($1)', [
    username,
  ]);
}
