import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';
import type { ShownPicture } from '../../pictures/index.ts';

export interface Self {
  username: string;
  displayName: string | null;
  avatar: ShownPicture | null;
}

/** Name and face of the viewer. */
export const selfQuestion: Question = () => Prisma.sql`
  json_build_object('username', u."username", 'displayName', u."displayName", 'avatar', (
    SELECT json_build_object('id', p."id", 'kind', p."kind", 'name', p."mediaKey", 'alt', p."alt", 'width', p."width",
                             'height', p."height", 'placeholder', p."placeholder")
    FROM "Picture" p WHERE p."userId" = u."id" AND p."kind" = 'avatar' AND p."state" = 'ready' LIMIT 1))`;
