import type { Db } from '../../platform/stores/db.ts';
import type { ProfileRemoval } from '../../web/reportable.ts';
import { TAKEN_DOWN } from './pictures.ts';

/** Pictures that the desk takes down: nobody sees them, and their files stay. */
export function createPictureRemoval(db: Db): ProfileRemoval {
  return {
    async remove(personId) {
      await db.run`UPDATE "Picture" SET "state" = 'refused', "refusal" = ${TAKEN_DOWN}
      WHERE "userId" = ${personId}::uuid AND "state" = 'ready'`;
    },

    /** What its owner has not replaced meanwhile. */
    async restore(personId) {
      await db.run`UPDATE "Picture" p SET "state" = 'ready', "refusal" = NULL
      WHERE p."userId" = ${personId}::uuid AND p."refusal" = ${TAKEN_DOWN} AND NOT (p."kind" = 'avatar' AND EXISTS (
        SELECT FROM "Picture" o WHERE o."userId" = p."userId" AND o."kind" = 'avatar' AND o."state" <> 'refused'))`;
    },
  };
}
