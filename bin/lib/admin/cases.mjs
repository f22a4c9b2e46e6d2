import { Stop } from '../say.mjs';
import { demandId } from './reports.mjs';

/** Whoever runs the server is the second person where the desk has one moderator. `stays` false: it is taken back. */
export async function confirmCase(client, id, stays, now) {
  demandId(id);
  await client.query('BEGIN');
  // Locked first, as on the site.
  await client.query('SELECT FROM "DeskCase" WHERE "id" = $1 FOR UPDATE', [id]);
  const { rows } = await client.query(
    `UPDATE "DeskDecision" d SET
       "confirmedAt" = CASE WHEN $2 THEN $3::timestamptz END, "overturnedAt" = CASE WHEN NOT $2 THEN $3::timestamptz END, "carriedOut" = FALSE
     FROM "DeskCase" c WHERE c."id" = $1 AND d."caseId" = c."id" AND c."state" = 'second'
       AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL
     RETURNING d."act"::text AS act, d."at",
       EXISTS (SELECT FROM "DeskDecision" o WHERE o."caseId" = c."id" AND o."appealedAt" IS NOT NULL AND o."answeredAt" IS NULL
         AND o."overturnedAt" IS NULL AND ($2 OR o."id" <> d."id")) AS appealed,
       EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id" AND r."decidedAt" IS NULL AND (NOT $2 OR r."at" > d."at")) AS undecided`,
    [id, stays, now],
  );
  const [decision] = rows;
  if (!decision) throw new Stop('No decision of this case waits for a second person: npm run admin -- cases');
  // What was reported since, nobody has looked at.
  const state = decision.undecided ? 'open' : decision.appealed ? 'appealed' : 'closed';
  await client.query(
    `UPDATE "DeskCase" SET "state" = $2::"DeskState", "closedAt" = CASE WHEN $2 = 'closed' THEN $3::timestamptz END,
       "heldBy" = NULL, "heldUntil" = NULL, "version" = "version" + 1 WHERE "id" = $1`,
    [id, state, now],
  );
  if (stays)
    await client.query(
      'UPDATE "Report" SET "decidedAt" = $2 WHERE "caseId" = $1 AND "decidedAt" IS NULL AND "at" <= $3',
      [id, now, decision.at],
    );
  await client.query('COMMIT');
  return stays
    ? `The decision (${decision.act}) holds for good. Whoever it concerns is told within ten minutes.`
    : `The decision (${decision.act}) is taken back, and the case is ${state === 'open' ? 'open again' : state}.`;
}

/** As `confirmCase`, for an appeal: `why` is what the person reads where it stays. */
export async function answerCase(client, id, stays, why, now) {
  demandId(id);
  if (stays && !why) throw new Stop('Say why it stays: npm run admin -- answer <case> yes <why>');
  await client.query('BEGIN');
  const { rows: cases } = await client.query(
    `UPDATE "DeskCase" SET "state" = 'closed', "closedAt" = $2, "heldBy" = NULL, "heldUntil" = NULL, "version" = "version" + 1
     WHERE "id" = $1 AND "state" = 'appealed' RETURNING "id"`,
    [id, now],
  );
  if (cases.length === 0)
    throw new Stop('No appeal in this case waits for an answer: npm run admin -- cases');
  const { rows } = await client.query(
    `UPDATE "DeskDecision" SET "answeredAt" = $3::timestamptz, "carriedOut" = FALSE, "outcomeSentAt" = NULL,
       "answer" = CASE WHEN $2 THEN $4 END, "overturnedAt" = CASE WHEN $2 THEN "overturnedAt" ELSE $3::timestamptz END
     WHERE "caseId" = $1 AND "appealedAt" IS NOT NULL AND "answeredAt" IS NULL AND "overturnedAt" IS NULL RETURNING "act"::text AS act`,
    [id, stays, now, why],
  );
  await client.query('COMMIT');
  const acts = rows.map(({ act }) => act).join(', ');
  return `The decision (${acts}) ${stays ? 'stays' : 'is taken back'}. Whoever it concerns is told within ten minutes.`;
}

/** For a case that was sealed by mistake. What was taken down the desk may give back; the person is released by `release`. */
export async function unseal(client, id) {
  demandId(id);
  const { rowCount } = await client.query(
    'UPDATE "DeskCase" SET "sealedAt" = NULL, "sealedBy" = NULL WHERE "id" = $1 AND "sealedAt" IS NOT NULL',
    [id],
  );
  if (rowCount === 0) throw new Stop('No such case is sealed.');
  return 'The case is open to the desk again. What was taken down is given back on its page. Its person is still kept from deletion: npm run admin -- release <username>';
}

const words = { second: 'confirm', appealed: 'answer ', staff: 'role of' };

/** What waits for somebody who was no part of it, or is about somebody at the desk; the oldest first. */
export async function listWaiting(client) {
  const { rows } = await client.query(
    `SELECT c."id", c."state"::text AS state, d."act"::text AS act, d."reason"::text AS reason, COALESCE(d."appealedAt", d."at") AS at
     FROM "DeskCase" c JOIN "DeskDecision" d ON d."caseId" = c."id"
     WHERE (c."state" = 'second' AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL)
        OR (c."state" = 'appealed' AND d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL)
     UNION ALL
     SELECT c."id", 'staff', u."username", c."reason"::text, c."openedAt"
     FROM "DeskCase" c JOIN "User" u ON u."id" = c."personId" WHERE c."state" = 'open' AND u."role" <> 'member'
     ORDER BY at LIMIT 200`,
  );
  if (rows.length === 0) return 'Nothing waits for a second person.';
  return rows
    .map(
      ({ id, state, act, reason, at }) =>
        `${id}  ${words[state]}  ${act}  ${reason}  since ${at.toISOString().slice(0, 16)}Z`,
    )
    .join('\n');
}
