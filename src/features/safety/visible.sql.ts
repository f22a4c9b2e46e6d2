import type { Viewer } from '../../kernel/viewer.ts';
import { Prisma } from '../../platform/stores/db.ts';

/** Whether the person of alias `u` may be seen by this viewer: profile, pictures and all that shows who somebody is. */
export function visibleTo(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(u."purgeAt" IS NULL AND (u."visibility" = 'members' OR u."id" = ${viewer.id}::uuid))`;
}
