import { Stop } from '../say.mjs';
import { demandId } from './reports.mjs';

/** Whoever runs the server is the second person where the desk has one moderator. `stays` false: it is taken back. */
export async function confirmCase(client, id, stays, now) {
  demandId(id);
  await client.query('BEGIN');
  const { rows } = await client.query(
    `UPDATE "DeskDecision" d SET
       "confirmedAt" = CASE WHEN $2 THEN $3::timestamptz END, "overturnedAt" = CASE WHEN NOT $2 THEN $3::timestamptz END, "carriedOut" = FALSE
     FROM "DeskCase" c WHERE c."id" = $1 AND d."caseId" = c."id" AND c."state" = 'second'
       AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL
     RETURNING d."act"::text AS act, d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL AS appealed`,
    [id, stays, now],
  );
  const [decision] = rows;
  if (!decision) throw new Stop('No decision of this case waits for a second person: npm run admin -- cases');
  const state = !stays ? 'open' : decision.appealed ? 'appealed' : 'closed';
  await client.query(
    `UPDATE "DeskCase" SET "state" = $2::"DeskState", "closedAt" = CASE WHEN $2 = 'closed' THEN $3::timestamptz END,
       "heldBy" = NULL, "heldUntil" = NULL, "version" = "version" + 1 WHERE "id" = $1`,
    [id, state, now],
  );
  if (stays)
    await client.query('UPDATE "Report" SET "decidedAt" = $2 WHERE "caseId" = $1 AND "decidedAt" IS NULL', [
      id,
      now,
    ]);
  await client.query('COMMIT');
  return stays
    ? `The decision (${decision.act}) holds for good. Whoever it concerns is told within ten minutes.`
    : `The decision (${decision.act}) is taken back, and the case is open again.`;
}

/** What waits for a second person, the oldest first. */
export async function listWaiting(client) {
  const { rows } = await client.query(
    `SELECT c."id", d."act"::text AS act, d."reason"::text AS reason, d."at" FROM "DeskCase" c JOIN "DeskDecision" d ON d."caseId" = c."id"
     WHERE c."state" = 'second' AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL ORDER BY d."at" LIMIT 200`,
  );
  if (rows.length === 0) return 'Nothing waits for a second person.';
  return rows
    .map(({ id, act, reason, at }) => `${id}  ${act}  ${reason}  since ${at.toISOString().slice(0, 16)}Z`)
    .join('\n');
}
