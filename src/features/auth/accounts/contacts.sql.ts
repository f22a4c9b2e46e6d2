import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';

export interface Contacts {
  email: string | null;
  phone: string | null; // E.164
}

export const contactsQuestion: Question = () =>
  Prisma.sql`json_build_object('email', u."email", 'phone', u."phone")`;
