import type { Db } from '../../platform/db.ts';

/** A person as pages show them; contacts are for the owner's page only. */
export interface Profile {
  username: string;
  country: string;
  createdAt: Date;
  email: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
  /** In the person's order. */
  languages: { code: string; role: 'native' | 'learning' }[];
}

/** Reads profiles, each with one statement. */
export const createProfileStore = (db: Db) => {
  const select = (where: string): string => `
    SELECT u."username", u."country", u."createdAt", u."email", u."emailVerifiedAt", u."phone", u."phoneVerifiedAt",
           COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role") ORDER BY l."position")
                     FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages"
    FROM "User" u WHERE ${where}`;
  const ofMember = select('u."id" = $1::uuid AND u."securityVersion" = $2::int');
  const byUsername = select('u."usernameKey" = $1');

  const one = async (sql: string, ...values: (string | number)[]): Promise<Profile | null> =>
    (await db.$queryRawUnsafe<Profile[]>(sql, ...values))[0] ?? null;

  return {
    /** A signed-in person's own; null when the account is gone, or its password changed since the session began. */
    ofMember: ({ id, securityVersion }: { id: string; securityVersion: number }) =>
      one(ofMember, id, securityVersion),
    /** `key`: the username in lower case. */
    byUsername: (key: string) => one(byUsername, key),
  };
};

export type ProfileStore = ReturnType<typeof createProfileStore>;
