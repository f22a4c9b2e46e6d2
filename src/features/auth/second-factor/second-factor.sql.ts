import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';

export const secondFactorQuestion: Question = () => Prisma.sql`
  EXISTS (SELECT FROM "SecondFactor" f WHERE f."userId" = u."id")`;
