import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { Prisma } from '../../../platform/stores/db.ts';

/** Whether the viewer hid the person of alias `u`. */
export const hiddenQuestion: PersonQuestion = ({ id }) => Prisma.sql`
  EXISTS (SELECT FROM "HiddenPerson" h WHERE h."hiderId" = ${id}::uuid AND h."hiddenId" = u."id")`;
