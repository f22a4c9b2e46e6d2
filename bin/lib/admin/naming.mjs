import { Stop } from '../say.mjs';
import { demandId } from './reports.mjs';

/** Whom a case of nobody is about, also where they work at the desk, or it is sealed. */
export async function nameCase(client, id, username, now) {
  demandId(id);
  const key = username.replace(/^@/, '').toLowerCase();
  const { rows } = await client.query('SELECT FROM "User" WHERE "usernameKey" = $1', [key]);
  if (rows.length === 0) throw new Stop(`Nobody is called ${key}.`);
  const { rowCount } = await client.query(
    `WITH named AS (
       UPDATE "DeskCase" c SET "personId" = u."id", "version" = c."version" + 1,
         "involvesMinor" = c."involvesMinor" OR "age_band"(u."dateOfBirth", $3) <> '18-over'
       FROM "User" u WHERE u."usernameKey" = $2 AND c."id" = $1 AND c."state" = 'open' AND c."personId" IS NULL
       RETURNING c."id", c."personId"
     ), noted AS (
       INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") SELECT $3, 'name-person', "id", "personId" FROM named
     )
     UPDATE "Report" r SET "personId" = named."personId", "evidence" = NULLIF(r."evidence", '{}'), "receiptSentAt" = NULL
     FROM named WHERE r."caseId" = named."id"`,
    [id, key, now],
  );
  if (rowCount === 0) throw new Stop('No such case is open and about nobody.');
  return 'The case is about them now. The next cleaning keeps what they show as evidence.';
}

/** For somebody who was named by mistake: what was kept of them is let go, and another may be named. */
export async function unnameCase(client, id, now) {
  demandId(id);
  const { rowCount } = await client.query(
    `WITH mine AS (
       SELECT c."id", c."personId" FROM "DeskCase" c
       WHERE c."id" = $1 AND c."state" = 'open' AND c."personId" IS NOT NULL AND c."sealedAt" IS NULL
         AND (SELECT a."act" FROM "DeskAudit" a WHERE a."caseId" = c."id" AND a."act" IN ('name-person', 'unname-person')
              ORDER BY a."writtenAt" DESC LIMIT 1) = 'name-person'
         AND NOT EXISTS (SELECT FROM "DeskDecision" d WHERE d."caseId" = c."id" AND d."overturnedAt" IS NULL) FOR UPDATE
     ), named AS (
       UPDATE "DeskCase" c SET "personId" = NULL, "version" = c."version" + 1 FROM mine WHERE c."id" = mine."id"
     ), noted AS (
       INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") SELECT $2, 'unname-person', "id", "personId" FROM mine
     )
     UPDATE "Report" r SET "personId" = NULL, "evidence" = '{}' FROM mine WHERE r."caseId" = mine."id"`,
    [id, now],
  );
  if (rowCount === 0) throw new Stop('Nobody was named in such a case, or it is decided or sealed.');
  return 'The case is about nobody again. Somebody at the desk may say who it is, or: npm run admin -- name <case> <username>';
}
