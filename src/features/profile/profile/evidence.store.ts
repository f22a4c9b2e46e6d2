import type { Clock } from '../../../kernel/clock.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import type { EvidenceOfPerson } from '../../../web/reportable.ts';
import { largestKey, type ShownPicture } from '../../pictures/index.ts';

interface ProfileRow {
  username: string;
  displayName: string | null;
  bio: string;
  country: string;
  languages: { code: string; role: string; level: string | null }[];
  interests: string[];
  createdAt: Date;
  pictures: Pick<ShownPicture, 'kind' | 'name' | 'alt'>[];
}

/** A profile as others see it, for a report of its person; safety has asked whether the reporter may see them. */
export function createProfileEvidence(db: Db, clock: Clock): EvidenceOfPerson {
  return async (personId) => {
    // Once the end has begun, pictures go one after the other: then there is nobody, rather than half of somebody.
    const [found] = await db.rows<ProfileRow>`
    SELECT u."username", u."displayName", u."bio", u."country", u."createdAt",
      COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role", 'level', l."level") ORDER BY l."role", l."position")
                FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages",
      COALESCE((SELECT json_agg(i."code" ORDER BY i."position") FROM "UserInterest" i WHERE i."userId" = u."id"), '[]') AS "interests",
      COALESCE((SELECT json_agg(json_build_object('kind', p."kind", 'name', p."mediaKey", 'alt', p."alt") ORDER BY p."kind", p."position", p."id")
                FROM "Picture" p WHERE p."userId" = u."id" AND p."state" = 'ready'), '[]') AS "pictures"
    FROM "User" u WHERE u."id" = ${personId}::uuid AND (u."purgeAt" IS NULL OR u."purgeAt" > ${at(clock.now())})`;
    if (!found) return null;
    const { pictures, ...profile } = found;
    return {
      profile,
      pictures: pictures.map(({ kind, name, alt }) => ({ kind, alt, key: largestKey({ kind, name }) })),
    };
  };
}
