import { randomInt } from 'node:crypto';
import type { TestHouse } from './house.ts';
import { errorsIn, type Fields, type Page, type Visitor, visitor } from './visitor.ts';

/** A German mobile number that nobody has used; `block` gives all but its last three digits. */
export function newMobile(block = `+491512${randomInt(1_000, 10_000)}`): string {
  return `${block}${String(randomInt(1_000)).padStart(3, '0')}`;
}

/** Changes of a sign-up form for somebody who joins by mobile. `nextCode` and `signUp` want the `e164` beside it. */
export function byMobile(e164: string): Fields {
  return {
    channel: 'mobile',
    email: '',
    mobileCountry: 'DE',
    mobile: e164,
  };
}

export interface Joining {
  ann: Visitor;
  /** The form as it was sent. */
  person: Record<string, string | string[]>;
  /** Where the code went. */
  to: string;
  code: string;
}

/** Somebody who has sent the form and holds the code, but has not typed it. */
export async function joining(
  house: TestHouse,
  changes: Fields = {},
  ann: Visitor = visitor(house),
): Promise<Joining> {
  const { page, person } = await ann.startSignUp(changes);
  if (page.redirectedTo !== '/sign-up/code')
    throw new Error(`the form answered ${page.status}: ${errorsIn(page.html).join(' | ')}`);
  const to = String(person.channel === 'email' ? person.email : person.mobile);
  return { ann, person, to, code: await house.outbox.nextCode(to) };
}

/** A well-formed code that is not this one. */
export function wrongCode(code: string, n = 1): string {
  return String((Number(code) + n) % 1_000_000).padStart(6, '0');
}

export function typeCode(who: Visitor, code: string): Promise<Page> {
  return who.post('/sign-up/code', { code });
}

/** Presses "send a new code" on a fresh code page, as a person does. */
export async function resend(who: Visitor): Promise<Page> {
  await who.get('/sign-up/code');
  return who.post('/sign-up/code/resend');
}

/** What the database knows of the one challenge for a destination. */
export async function challengeOf(house: TestHouse, to: string): Promise<ChallengeRow> {
  const [row, ...others] = await house.stores.sql<ChallengeRow>(
    'SELECT * FROM "RegistrationOtp" WHERE "destination" = $1',
    [to],
  );
  if (!row || others.length > 0) throw new Error(`not one challenge, but ${others.length + (row ? 1 : 0)}`);
  return row;
}

export interface ChallengeRow {
  id: string;
  attempts: number;
  sends: number;
  failedSends: number;
  reference: string;
  delivery: string;
  expiresAt: Date;
  endsAt: Date;
  consumedAt: Date | null;
}

/** How many people have this username. */
export async function peopleCalled(house: TestHouse, username: unknown): Promise<number> {
  const rows = await house.stores.sql('SELECT FROM "User" WHERE "usernameKey" = lower($1)', [username]);
  return rows.length;
}

/** The sessions in Redis, parsed, by id. */
export async function sessionsOf({ stores }: TestHouse): Promise<Map<string, Record<string, unknown>>> {
  const keys = await stores.redis.keys('sess:*');
  const values = keys.length > 0 ? await stores.redis.mget(keys) : [];
  return new Map(keys.map((key, n) => [key.slice(5), JSON.parse(values[n] ?? '{}')]));
}

/**
 * What differs between two visits of one page and tells nothing: the form's token, the reference of the message, and what
 * was typed as its destination.
 */
export function withoutRandom(html: string): string {
  return html
    .replace(/name="_csrf" value="[^"]+"/g, 'name="_csrf"')
    .replace(/(class="reference">)[A-Z]{3}/g, '$1REF')
    .replace(/(class="destination"><bdi>)[^<]*/g, '$1WHERE')
    .replace(/(code for |message )[A-Z]{3}\b/g, '$1REF');
}

/** Gives every destination its hour and its day back, for tests of other limits. */
export async function forgetBudgets({ stores }: TestHouse): Promise<void> {
  await stores.sql('DELETE FROM "DestinationBudget"');
}
