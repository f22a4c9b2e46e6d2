import { type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Ask } from '../../../platform/stores/question.ts';

/** Whatever features want to know about a member, and whether the session still holds, in one statement. */
export function createAsk(db: Db): Ask {
  return async (viewer, questions) => {
    const asked = questions.map((question) => question(viewer));
    const answers = asked.length > 0 ? Prisma.join(asked) : Prisma.empty;
    const [found] = await db.rows<{ answers: unknown[] }>`
    SELECT json_build_array(${answers}) AS "answers" FROM "User" u
    WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int`;
    return found?.answers ?? null;
  };
}
