import { Stop } from '../say.mjs';

const hours = (value) => (value === null ? '-' : `${Number(value).toFixed(1)} h`);

/** What was reported and decided in a year, for a report to the public: numbers, and nobody's name. */
export async function transparency(client, typed) {
  if (!/^20\d\d$/.test(typed)) throw new Stop('Which year? npm run admin -- transparency 2026');
  const year = [`${typed}-01-01T00:00:00Z`, `${Number(typed) + 1}-01-01T00:00:00Z`];
  const { rows: cases } = await client.query(
    `SELECT "reason"::text AS reason, count(*)::int AS cases, count(*) FILTER (WHERE "kind" = 'signal')::int AS signals,
       count(*) FILTER (WHERE "involvesMinor")::int AS minors
     FROM "DeskCase" WHERE "openedAt" >= $1 AND "openedAt" < $2 GROUP BY 1 ORDER BY 1`,
    year,
  );
  const { rows: acts } = await client.query(
    `SELECT d."act"::text AS act, count(*)::int AS decisions, count(*) FILTER (WHERE d."isFurther")::int AS further,
       count(*) FILTER (WHERE d."appealedAt" IS NOT NULL)::int AS appeals,
       count(*) FILTER (WHERE d."overturnedAt" IS NOT NULL)::int AS overturned,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM d."at" - c."openedAt")) FILTER (WHERE NOT d."isFurther") / 3600) AS median
     FROM (SELECT d.*, EXISTS (
         SELECT FROM "DeskDecision" o WHERE o."caseId" = d."caseId" AND o."at" < d."at" AND o."overturnedAt" IS NULL) AS "isFurther"
       FROM "DeskDecision" d) d JOIN "DeskCase" c ON c."id" = d."caseId"
     WHERE d."at" >= $1 AND d."at" < $2 AND (d."overturnedBy" IS DISTINCT FROM d."decidedBy" OR d."statementSentAt" < d."overturnedAt")
     GROUP BY 1 ORDER BY 1`,
    year,
  );
  return [
    `ChatLink in ${typed}`,
    '',
    'Cases by reason:',
    ...cases.map(
      ({ reason, cases: n, signals, minors }) =>
        `  ${reason}: ${n} (noticed by the site itself: ${signals}; a minor involved: ${minors})`,
    ),
    ...(cases.length === 0 ? ['  none'] : []),
    '',
    'Decisions, all of them by people:',
    ...acts.map(
      ({ act, decisions, further, appeals, overturned, median }) =>
        `  ${act}: ${decisions}, after a median of ${hours(median)}; further ones in a case that was decided: ${further}; appealed: ${appeals}; taken back: ${overturned}`,
    ),
    ...(acts.length === 0 ? ['  none'] : []),
  ].join('\n');
}
