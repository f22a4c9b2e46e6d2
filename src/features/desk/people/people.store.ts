import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { lookSql } from '../audit/audit.sql.ts';
import { isOpenTo, maySee } from '../cases/cases.sql.ts';
import { deskPolicy } from '../policy.ts';
import type { ContactReason, DeskContact, DeskPerson } from './people.ts';

function personSql(staff: Viewer, usernameKey: string): Prisma.Sql {
  return Prisma.sql`SELECT u.* FROM "User" u WHERE u."usernameKey" = ${usernameKey} AND u."id" <> ${staff.id}::uuid`;
}
const looked = Prisma.sql`SELECT NULL::uuid AS "caseId", u."id" AS "personId" FROM u`;

/** People as the desk sees them: of all ages, and whatever became of them. Each look is written down. */
export function createPeopleStore(db: Db) {
  return {
    /** Null: nobody is called so, or it is the moderator. */
    async read(staff: Viewer, usernameKey: string): Promise<DeskPerson | null> {
      const [found] = await db.rows<DeskPerson>`
      WITH u AS (${personSql(staff, usernameKey)}), looked AS (${lookSql(staff, 'person', looked)})
      SELECT u."username", u."displayName", "age_band"(u."dateOfBirth", ${at(staff.now)})::text AS "band", u."country", u."createdAt",
        u."role" <> 'member' AS "isStaff", u."bannedAt", u."suspendedUntil", u."limitedUntil", u."purgeAt", u."heldAt" IS NOT NULL AS "isHeld",
        (SELECT count(*)::int FROM "Report" r WHERE r."reporterId" = u."id" AND ${isOpenTo(staff, Prisma.sql`r."caseId"`)}) AS "reported",
        COALESCE((SELECT json_agg(json_build_object('id', c."id", 'kind', c."kind", 'reason', c."reason", 'state', c."state", 'openedAt', c."openedAt")
            ORDER BY c."openedAt" DESC)
          FROM (SELECT * FROM "DeskCase" c WHERE c."personId" = u."id" AND ${maySee(staff)} ORDER BY c."openedAt" DESC LIMIT ${deskPolicy.shown}) c), '[]') AS "cases",
        COALESCE((SELECT json_agg(json_build_object('act', d."act", 'reason', d."reason", 'at', d."at", 'overturned', d."overturnedAt" IS NOT NULL)
            ORDER BY d."at" DESC)
          FROM (SELECT * FROM "DeskDecision" d WHERE d."personId" = u."id" AND ${isOpenTo(staff, Prisma.sql`d."caseId"`)} ORDER BY d."at" DESC LIMIT ${deskPolicy.shown}) d), '[]') AS "decisions"
      FROM u`;
      return found ?? null;
    },

    /** Where they are reached; nothing of whoever works at the desk, and then no look either. */
    async contact(
      staff: Viewer,
      usernameKey: string,
      why: ContactReason,
    ): Promise<(DeskContact & { isStaff: boolean }) | null> {
      const [found] = await db.rows<DeskContact & { isStaff: boolean }>`
      WITH u AS (${personSql(staff, usernameKey)}), looked AS (
        INSERT INTO "DeskAudit" ("at", "staffId", "act", "personId")
        SELECT ${at(staff.now)}, ${staff.id}::uuid, ${`contact-${why}`}, u."id" FROM u WHERE u."role" = 'member'
      )
      SELECT u."role" <> 'member' AS "isStaff",
             CASE WHEN u."role" = 'member' AND u."emailVerifiedAt" IS NOT NULL THEN u."email" END AS "email",
             CASE WHEN u."role" = 'member' AND u."phoneVerifiedAt" IS NOT NULL THEN u."phone" END AS "phone" FROM u`;
      return found ?? null;
    },
  };
}

export type PeopleStore = ReturnType<typeof createPeopleStore>;
