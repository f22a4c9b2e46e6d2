import { Prisma } from '../../platform/stores/db.ts';
import type { Question } from '../../platform/stores/question.ts';
import { byDefault } from './contact.sql.ts';

export const visibilityQuestion: Question = () => Prisma.sql`u."visibility"`;

export const whoMayWriteQuestion: Question = (viewer) =>
  Prisma.sql`COALESCE(u."whoMayWrite"::text, ${byDefault('whoMayWrite', viewer)})`;

export const blocksQuestion: Question = () => Prisma.sql`(
  SELECT count(*)::int FROM "Block" b WHERE b."blockerId" = u."id")`;
