import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';

/** What staff look at; acts are written down by triggers. */
export type Look = 'queue' | 'case' | 'picture' | 'person';

/** Part of the statement that looks. `rows`: of "caseId" and "personId", one a look. */
export function lookSql({ id, now }: Viewer, look: Look, rows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
  SELECT ${at(now)}, ${id}::uuid, ${`look-${look}`}, l."caseId", l."personId" FROM (${rows}) l`;
}

export const ofNobody = Prisma.sql`SELECT NULL::uuid AS "caseId", NULL::uuid AS "personId"`;
