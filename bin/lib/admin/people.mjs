import { randomUUID } from 'node:crypto';
import { Stop } from '../say.mjs';

const roles = ['member', 'moderator', 'admin'];

async function change(client, username, text, values = []) {
  const key = username.replace(/^@/, '').toLowerCase();
  const { rows } = await client.query(text, [key, ...values]).catch((error) => {
    if (error.code !== '42501') throw error;
    throw new Stop('Only the owner of the tables may do that: set MIGRATE_DATABASE_URL.');
  });
  if (rows.length === 0) throw new Stop(`Nobody is called ${key}.`);
  return rows[0];
}

/** Who may come to the desk. It counts from their next request on. */
export async function setRole(client, username, role) {
  if (!roles.includes(role)) throw new Stop(`A role is one of ${roles.join(', ')}.`);
  const person = await change(
    client,
    username,
    `UPDATE "User" u SET "role" = $2::"Role" WHERE u."usernameKey" = $1
     RETURNING u."username", EXISTS (SELECT FROM "SecondFactor" f WHERE f."userId" = u."id") AS "hasSecondFactor"`,
    [role],
  );
  const hint =
    role === 'member' || person.hasSecondFactor
      ? ''
      : ' The desk opens once they have set up a second step at sign-in (Settings, Second step).';
  return `${person.username} is ${role} now.${hint}`;
}

/** For an order of court: nothing of theirs is deleted until `release`. */
export async function hold(client, username, now) {
  const { username: name } = await change(
    client,
    username,
    'UPDATE "User" SET "heldAt" = COALESCE("heldAt", $2) WHERE "usernameKey" = $1 RETURNING "username"',
    [now],
  );
  return `Nothing of ${name} is deleted until: npm run admin -- release ${name}`;
}

export async function release(client, username) {
  const { username: name } = await change(
    client,
    username,
    'UPDATE "User" SET "heldAt" = NULL WHERE "usernameKey" = $1 RETURNING "username"',
  );
  return `${name} is deleted like others again, when their time comes.`;
}

/** For whoever works at the desk and lost the app: others wait (Settings, and the page of the second step, say how). */
export async function removeSecondFactor(client, username, now) {
  const { username: name, removed } = await change(
    client,
    username,
    `WITH person AS (
       UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "usernameKey" = $1 RETURNING "id", "username"
     ), factor AS (DELETE FROM "SecondFactor" f USING person WHERE f."userId" = person."id" RETURNING f."userId"
     ), event AS (
       INSERT INTO "SecurityEvent" ("id", "userId", "kind", "outcome", "at", "network", "device", "noticeDue")
       SELECT $2, "userId", 'second_factor_removed', 'done', $3, '', 'unknown', TRUE FROM factor
     ), audit AS (
       INSERT INTO "DeskAudit" ("at", "act", "personId") SELECT $3, 'factor-removed', "userId" FROM factor
     )
     SELECT person."username", EXISTS (SELECT FROM factor) AS removed FROM person`,
    [randomUUID(), now],
  );
  return removed
    ? `${name} signs in with the password alone now, is signed out everywhere, and is told.`
    : `${name} had no second step. They are signed out everywhere.`;
}
