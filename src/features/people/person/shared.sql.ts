import { Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';

/** What the viewer and the person of alias `u` have in common. */
export const sharedQuestion: PersonQuestion = ({ id }) => Prisma.sql`json_build_object(
  'interests', ARRAY(SELECT t."code" FROM "UserInterest" t JOIN "UserInterest" m ON m."code" = t."code" AND m."userId" = ${id}::uuid
                     WHERE t."userId" = u."id" ORDER BY t."position"),
  'languages', (SELECT json_agg(json_build_object('code', l."code", 'role', l."role")) FROM "UserLanguage" l WHERE l."userId" = ${id}::uuid),
  'minutesBefore', (SELECT theirs."utcOffset" - mine."utcOffset" FROM "PersonActivity" theirs, "PersonActivity" mine
                    WHERE theirs."userId" = u."id" AND mine."userId" = ${id}::uuid))`;
