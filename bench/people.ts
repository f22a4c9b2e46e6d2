import pg from 'pg';
import { createPasswords } from '../src/platform/passwords/passwords.ts';
import { settings } from './settings.ts';

export const password = 'lantern-tandem-42';
export const wrong = 'lantern-tandem-43';
/** As keyboards type it that put an accent behind its letter. */
export const wrongInNfd = 'läntern-tandém-43'.normalize('NFD');

/** The n-th person of a kind, with names of one length: `k`nown, `d`eleted, or `u`nknown ever since. */
export function person(kind: 'k' | 'd' | 'u', n: number) {
  if (n >= settings.people) throw new Error('there are not so many people');
  const username = `${kind}${String(n).padStart(6, '0')}`;
  return { username, email: `${username}@example.com` };
}

/** The n-th new username of this process: in letters of which none looks like another, since such names are refused. */
export function newUsername(prefix: string, n: number): string {
  return prefix + `${process.pid}y${n}`.replaceAll(/\d/g, (digit) => 'abdefghkpt'[Number(digit)]!);
}

/** The sign-up form of somebody whom nobody has met yet. */
export function newcomer(username: string) {
  return {
    channel: 'email',
    email: `${username}@example.com`,
    mobileCountry: '',
    mobile: '',
    username,
    password,
    passwordConfirmation: password,
    dateOfBirth: '1995-05-15',
    country: 'DE',
    nativeLanguage: 'de',
    learningLanguages: 'es',
  };
}

/** Writes all people in one go, with one password, and deletes those who left again. */
export async function moveIn(): Promise<void> {
  const hash = await createPasswords({ concurrency: 1, waiting: 1 }).hash(password);
  const client = new pg.Client({ connectionString: settings.ownerUrl });
  await client.connect();
  for (const kind of ['k', 'd'])
    await client.query(
      `WITH people AS (
         INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash",
                             "dateOfBirth", "country", "createdAt", "updatedAt")
         SELECT gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', now(), $2,
                '1995-05-15', 'DE', now(), now()
         FROM generate_series(0, $3::int - 1) n, LATERAL (SELECT $1::text || lpad(n::text, 6, '0') AS name) names
         RETURNING "id"
       )
       INSERT INTO "UserLanguage" SELECT "id", code, role::"LanguageRole", 0
       FROM people, (VALUES ('de', 'native'), ('es', 'learning')) AS languages(code, role)`,
      [kind, hash, settings.people],
    );
  await client.query(`DELETE FROM "User" WHERE "username" LIKE 'd%'`);
  await client.query('VACUUM ANALYZE');
  await client.end();
}
