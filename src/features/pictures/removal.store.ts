import { type Db, Prisma } from '../../platform/stores/db.ts';
import type { ProfileRemoval } from '../../web/reportable.ts';
import { TAKEN_DOWN } from './pictures.ts';

/** Pictures that the desk takes down: nobody sees them, and their files stay. */
export function createPictureRemoval(db: Db): ProfileRemoval {
  return {
    async remove(personId, { id }) {
      await db.run`UPDATE "Picture" SET "state" = 'refused', "refusal" = ${TAKEN_DOWN}, "takenDownBy" = array_append("takenDownBy", ${id}::uuid)
      WHERE "userId" = ${personId}::uuid AND ("state" = 'ready' OR "refusal" = ${TAKEN_DOWN}) AND NOT ${id}::uuid = ANY(COALESCE("takenDownBy", '{}'))`;
    },

    /** What its owner has not replaced meanwhile, and no other removal took as well. */
    async restore(personId, { id }) {
      const isStillDown = Prisma.sql`cardinality(array_remove(p."takenDownBy", ${id}::uuid)) > 0`;
      await db.run`UPDATE "Picture" p SET "takenDownBy" = array_remove(p."takenDownBy", ${id}::uuid),
        "state" = CASE WHEN ${isStillDown} THEN p."state" ELSE 'ready' END, "refusal" = CASE WHEN ${isStillDown} THEN p."refusal" END
      WHERE p."userId" = ${personId}::uuid AND p."refusal" = ${TAKEN_DOWN} AND (p."takenDownBy" IS NULL OR ${id}::uuid = ANY(p."takenDownBy"))
        AND NOT (p."kind" = 'avatar' AND EXISTS (
          SELECT FROM "Picture" o WHERE o."userId" = p."userId" AND o."kind" = 'avatar' AND o."state" <> 'refused'))`;
    },
  };
}
