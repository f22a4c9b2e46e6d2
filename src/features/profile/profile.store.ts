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
  const columns = (where: 'id' | 'usernameKey') => `
    SELECT u."username", u."country", u."createdAt", u."email", u."emailVerifiedAt", u."phone", u."phoneVerifiedAt",
           COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role") ORDER BY l."position")
                     FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages"
    FROM "User" u WHERE u."${where}" = $1${where === 'id' ? '::uuid' : ''}`;
  const [byId, byUsername] = [columns('id'), columns('usernameKey')];

  const one = async (sql: string, value: string): Promise<Profile | null> =>
    (await db.$queryRawUnsafe<Profile[]>(sql, value))[0] ?? null;

  return {
    byId: (id: string) => one(byId, id),
    /** `key`: the username in lower case. */
    byUsername: (key: string) => one(byUsername, key),
  };
};

export type ProfileStore = ReturnType<typeof createProfileStore>;
