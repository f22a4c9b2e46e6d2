import type { Viewer } from '../../../kernel/viewer.ts';
import { Prisma } from '../../../platform/stores/db.ts';
import { visibleTo } from '../../safety/index.ts';

/** In each, the conversation is alias `c`, and its other person alias `u`: a row only where they may go on. */

/** A hello that is held back has not reached the other. */
export function reached({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`(c."askedBy" = ${id}::uuid OR c."heldAt" IS NULL)`;
}

/** As conversations.ts tells them; `taken-back` is new, or ended where there is something to read. */
export function status({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN u."id" IS NULL THEN 'former'
    WHEN c."id" IS NULL THEN 'new'
    WHEN c."state" = 'accepted' THEN 'accepted'
    WHEN c."state" = 'ended' THEN 'ended'
    WHEN c."state" = 'withdrawn' THEN CASE WHEN c."acceptedAt" IS NULL THEN 'new' ELSE 'ended' END
    WHEN c."askedBy" = ${id}::uuid THEN 'asked'
    WHEN c."declinedAt" IS NOT NULL THEN 'declined'
    ELSE 'asking' END`;
}

/** Partners and strangers alike may read on; a picture is shown to those who may see the profile. */
export function person(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`CASE WHEN u."id" IS NOT NULL THEN json_build_object(
    'username', u."username", 'displayName', u."displayName",
    'avatar', CASE WHEN ${visibleTo(viewer)} THEN (
      SELECT json_build_object('id', p."id", 'kind', p."kind", 'name', p."mediaKey", 'alt', p."alt", 'width', p."width",
                               'height', p."height", 'placeholder', p."placeholder")
      FROM "Picture" p WHERE p."userId" = u."id" AND p."kind" = 'avatar' AND p."state" = 'ready' LIMIT 1) END) END`;
}
