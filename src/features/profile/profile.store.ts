import type { Db } from '../../platform/db.ts';
import type { Language } from './languages.ts';
import type { ShownPicture } from './pictures.ts';
import type { Content } from './profile-content.ts';

/** A person as pages show them; contacts are for the owner's page only. */
export interface Profile extends Content {
  username: string;
  createdAt: Date;
  email: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
  /** In the person's order. */
  languages: Language[];
  /** Those that are ready, in the person's order. */
  pictures: ShownPicture[];
}

/** Reads profiles, each with one statement. */
export const createProfileStore = (db: Db) => {
  const select = (where: string): string => `
    SELECT u."username", u."displayName", u."bio", u."country", u."visibility", u."createdAt",
           u."email", u."emailVerifiedAt", u."phone", u."phoneVerifiedAt",
           COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role", 'level', l."level")
                                     ORDER BY l."position")
                     FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages",
           COALESCE((SELECT json_agg(i."code" ORDER BY i."position")
                     FROM "UserInterest" i WHERE i."userId" = u."id"), '[]') AS "interests",
           COALESCE((SELECT json_agg(json_build_object('id', p."id", 'kind', p."kind", 'name', p."mediaKey", 'alt', p."alt",
                                                       'width', p."width", 'height', p."height",
                                                       'placeholder', p."placeholder") ORDER BY p."position", p."id")
                     FROM "Picture" p WHERE p."userId" = u."id" AND p."state" = 'ready'), '[]') AS "pictures"
    FROM "User" u WHERE ${where}`;
  const ofMember = select('u."id" = $1::uuid AND u."securityVersion" = $2::int');
  const seenBy = select(
    `u."usernameKey" = $1 AND u."purgeAt" IS NULL AND (u."visibility" = 'members' OR u."id" = $2::uuid)`,
  );

  const one = async (sql: string, ...values: (string | number)[]): Promise<Profile | null> =>
    (await db.$queryRawUnsafe<Profile[]>(sql, ...values))[0] ?? null;

  return {
    /** A signed-in person's own; null when the account is gone, or its password changed since the session began. */
    ofMember: ({ id, securityVersion }: { id: string; securityVersion: number }) =>
      one(ofMember, id, securityVersion),
    /**
     * The person of a username (in lower case), as a signed-in viewer may see them: null for people who hide, who are
     * leaving or who never were. The owner sees a hidden one.
     */
    seenBy: (key: string, viewerId: string) => one(seenBy, key, viewerId),
  };
};

export type ProfileStore = ReturnType<typeof createProfileStore>;
