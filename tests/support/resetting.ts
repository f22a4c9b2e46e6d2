import { days } from '../../src/kernel/clock.ts';
import { type CapturedMessage, codeIn, eventually } from './captured.ts';
import type { TestHouse } from './house.ts';
import { sessionsOf } from './joining.ts';
import { repeatedly } from './many.ts';
import { forgot } from './recovering.ts';
import { settled } from './security.ts';
import { type Fields, type Page, visitor, type Visitor } from './visitor.ts';

/** Somebody with an account, whose contact has a whole day's budget again: signing up took one message of it. */
export async function joinedYesterday(
  house: TestHouse,
  changes: Fields = {},
): Promise<{ username: string; email: string; password: string }> {
  const person = await visitor(house).signUp(changes);
  await settled(house);
  house.clock.pass(days(1));
  return person;
}

/** Adds a second verified contact to an account; the page that will do so is not built yet. */
export async function alsoReachedBy(
  { stores }: TestHouse,
  username: string,
  { phone, verified = true }: { phone: string; verified?: boolean },
): Promise<void> {
  await stores.sql(
    `UPDATE "User" SET "phone" = $2, "phoneVerifiedAt" = CASE WHEN $3 THEN "createdAt" END
     WHERE "username" = $1`,
    [username, phone, verified],
  );
}

export function typeResetCode(who: Visitor, code: string): Promise<Page> {
  return who.post('/password/code', { code });
}

/** Presses "send a new code" on a fresh code page, as a person does. */
export async function resendReset(who: Visitor): Promise<Page> {
  await who.get('/password/code');
  return who.post('/password/code/resend');
}

/** Asks for a code several times, each time from another browser in another network. */
export function askOften(house: TestHouse, identifier: string, times: number): Promise<Page[]> {
  return repeatedly(times, () => forgot(visitor(house), identifier));
}

function isCode({ text }: CapturedMessage): boolean {
  return /Never share it|never asks for this code/.test(text);
}
const linkPath = /\/password\/link\/[\w-]+/;

/** The codes that have left for an address so far, of sign-ups as well. */
export function codesTo({ outbox }: TestHouse, to: string): string[] {
  return outbox
    .to(to)
    .filter(isCode)
    .map(({ text }) => codeIn(text));
}

/** The paths of the links that have left for an address so far. */
export function linksTo({ outbox }: TestHouse, to: string): string[] {
  return outbox.to(to).flatMap(({ text }) => linkPath.exec(text)?.[0] ?? []);
}

/** How many codes and links have left for an address, when the worker has done its part. */
export async function leftFor(house: TestHouse, to: string): Promise<{ codes: number; links: number }> {
  await settled(house);
  return { codes: codesTo(house, to).length, links: linksTo(house, to).length };
}

/** The code that leaves for an address because of what `act` does. */
export async function codeAfter(house: TestHouse, to: string, act: () => Promise<unknown>): Promise<string> {
  await settled(house);
  const before = codesTo(house, to).length;
  await act();
  return eventually(() => codesTo(house, to)[before], `a code to ${to}`);
}

/** Somebody who asked for a code and holds it, whatever else was sent to that address before. */
export async function holdingCode(
  house: TestHouse,
  identifier: string,
  to: string,
  who: Visitor = visitor(house),
): Promise<{ who: Visitor; code: string }> {
  const code = await codeAfter(house, to, async () => {
    const page = await forgot(who, identifier);
    if (page.redirectedTo !== '/password/code') throw new Error(`the form answered ${page.status}`);
  });
  return { who, code };
}

/** Somebody who may set a new password. */
export async function holdingGrant(
  house: TestHouse,
  identifier: string,
  to: string,
  browser: Visitor = visitor(house),
): Promise<Visitor> {
  const { who, code } = await holdingCode(house, identifier, to, browser);
  const page = await typeResetCode(who, code);
  if (page.redirectedTo !== '/password/new') throw new Error(`the code answered ${page.status}`);
  return who;
}

/** Has the budget of an identifier spent by strangers; answers the path of the link that its owner gets. */
export async function ownersLink(house: TestHouse, identifier: string, to: string): Promise<string> {
  const before = linksTo(house, to).length;
  await askOften(house, identifier, 6);
  return eventually(() => linksTo(house, to)[before], `a link to ${to}`);
}

/** Somebody with an account whose link has just left; `path` opens it. */
export async function linked(
  house: TestHouse,
): Promise<{ username: string; email: string; password: string; path: string }> {
  const person = await joinedYesterday(house);
  return { ...person, path: await ownersLink(house, person.email, person.email) };
}

/** The path of the page that a browser comes to rest on when it follows an answer. */
export async function followed(who: Visitor, answer: Page): Promise<{ path: string | null; page: Page }> {
  let [path, page]: [string | null, Page] = [null, answer];
  for (let n = 0; n < 5 && page.redirectedTo; n++) {
    path = page.redirectedTo;
    page = await who.get(path);
  }
  return { path, page };
}

/** How many sessions may set somebody's password now. */
export async function grantsFor(house: TestHouse, username: string): Promise<number> {
  return [...(await sessionsOf(house)).values()].filter(
    ({ resetGrant }) => (resetGrant as { username?: string } | undefined)?.username === username,
  ).length;
}

export interface Budget {
  sends: number;
  failures: number;
  unseenSends: number;
  unseenFailures: number;
}

/** How much is counted in the budget of an email key or a number. */
export async function budgetOf({ stores }: TestHouse, key: string): Promise<Budget> {
  const [row] = await stores.sql<Budget>(
    `SELECT cardinality("sends") AS "sends", cardinality("failures") AS "failures",
            cardinality("unseenSends") AS "unseenSends", cardinality("unseenFailures") AS "unseenFailures"
     FROM "DestinationBudget" WHERE "destinationKey" = $1`,
    [key],
  );
  return row ?? { sends: 0, failures: 0, unseenSends: 0, unseenFailures: 0 };
}
