import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { firstContactPolicy, type ReportReason } from '../../safety/index.ts';
import { deskPolicy, signalPolicy } from '../policy.ts';
import { bannedBack, barredBack, signal, type Unwelcomed, unwelcome, unwelcomeToMinors } from './signals.ts';

type Unwelcome = (since: Date) => Prisma.Sql;

/** What the site itself tells the desk: as a report by nobody. */
export function createSignalStore(db: Db, sources: () => readonly Unwelcome[]) {
  const acts = (since: Date): Prisma.Sql =>
    sources()
      .map((source) => source(since))
      .reduce((all, one) => Prisma.sql`${all} UNION ALL ${one}`);
  const isMinor = (now: Date) => Prisma.sql`"age_band"(u."dateOfBirth", ${at(now)}) <> '18-over'`;

  return {
    /** Whom several minors do not want, in the last days. */
    unwelcomeToMinors: (now: Date): Promise<{ personId: string }[]> =>
      db.rows`
      SELECT a."personId" FROM (${acts(later(now, -signalPolicy.window))}) a JOIN "User" u ON u."id" = a."byId" AND ${isMinor(now)}
      GROUP BY a."personId" HAVING count(DISTINCT a."byId") >= ${signalPolicy.minors}::int LIMIT ${deskPolicy.batch}`,

    /** Whom so many did not want within a day that they are slowed down. */
    unwelcome: (now: Date): Promise<{ personId: string }[]> =>
      db.rows`
      SELECT a."personId" FROM (${acts(later(now, -firstContactPolicy.window))}) a
      GROUP BY a."personId"
      HAVING count(DISTINCT a."byId") FILTER (WHERE a."what" = 'decline') >= ${firstContactPolicy.declinesThatSlow}::int
        OR count(DISTINCT a."byId") FILTER (WHERE a."what" = 'block') >= ${firstContactPolicy.blocksThatSlow}::int
      LIMIT ${deskPolicy.batch}`,

    /** By how many different people, in the days before a signal and since. */
    numbersOf: (personId: string, signalAt: Date, now: Date): Promise<Unwelcomed[]> =>
      db.rows<Unwelcomed>`
      SELECT a."what", count(DISTINCT a."byId")::int AS "people", (count(DISTINCT a."byId") FILTER (WHERE ${isMinor(now)}))::int AS "minors"
      FROM (${acts(later(signalAt, -signalPolicy.window))}) a LEFT JOIN "User" u ON u."id" = a."byId"
      WHERE a."personId" = ${personId}::uuid GROUP BY 1 ORDER BY 1`,

    /** Unless the same waits, or was looked at within the last days. Answers whether. */
    async raise(
      id: string,
      prefix: string,
      about: { personId: string } | { caseId: string },
      reason: ReportReason,
      now: Date,
    ): Promise<boolean> {
      const personId = 'personId' in about ? about.personId : null;
      const thing = prefix + (personId ?? ('caseId' in about ? about.caseId : ''));
      const raised = await db.run`
      INSERT INTO "Report" ("id", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
      SELECT ${id}::uuid, ${signal}, ${prefix.slice(0, -1)}, ${thing}, ${personId}::uuid, ${reason}::"ReportReason", '',
             ${prefix === unwelcomeToMinors}::boolean OR COALESCE((SELECT ${isMinor(now)} FROM "User" u WHERE u."id" = ${personId}::uuid), FALSE), ${at(now)}
      WHERE NOT EXISTS (
        SELECT FROM "DeskCase" c WHERE c."thing" = ${thing}
          AND (c."state" IN ('open', 'second') OR c."openedAt" > ${at(later(now, -signalPolicy.window))}))
      ON CONFLICT DO NOTHING`;
      return raised === 1;
    },
  };
}

export const reasonOf: Readonly<Record<string, ReportReason>> = {
  [unwelcomeToMinors]: 'minor',
  [unwelcome]: 'other',
  [bannedBack]: 'other',
  [barredBack]: 'other',
};

export type SignalStore = ReturnType<typeof createSignalStore>;
