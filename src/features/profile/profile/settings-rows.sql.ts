import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';
import type { Content } from './profile-content.ts';

export type Named = Pick<Content, 'displayName' | 'visibility'> & { username: string };

export const nameQuestion: Question = () => Prisma.sql`
  json_build_object('username', u."username", 'displayName', u."displayName", 'visibility', u."visibility")`;

/** Codes, in the person's order. */
export const languagesQuestion: Question = () => Prisma.sql`
  COALESCE((SELECT json_agg(l."code" ORDER BY l."position") FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]')`;
