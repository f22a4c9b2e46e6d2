import type { Db } from '../../platform/db.ts';
import type { Language } from './languages.ts';
import type { Me } from '../../web/guards.ts';
import { REMOVED, type ShownPicture } from './pictures.ts';
import type { OwnPicture } from './pictures.store.ts';
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

/** What the owner sees as well: pictures that are not ready. */
export interface OwnProfile extends Profile {
  allPictures: OwnPicture[];
}

type Moments = 'createdAt' | 'emailVerifiedAt' | 'phoneVerifiedAt';
/** As Postgres writes it: moments are texts. */
type AsJson = Omit<Profile, Moments> & Record<Moments, string | null> & { createdAt: string };
/** Nobody of that name for this viewer. */
type Nobody = { [Key in keyof Profile]: null };

/** Reads profiles, each with one statement, which also asks whether the viewer's session still holds. */
export const createProfileStore = (db: Db) => {
  // One column: what the driver does for each of many costs more than to parse them in one piece.
  const select = (pictures: string, from: string): string => `
    SELECT to_json(found) AS "profile" FROM (
      SELECT u."username", u."displayName", u."bio", u."country", u."visibility", u."createdAt",
             u."email", u."emailVerifiedAt", u."phone", u."phoneVerifiedAt",
             COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role", 'level', l."level")
                                       ORDER BY l."position")
                       FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages",
             COALESCE((SELECT json_agg(i."code" ORDER BY i."position")
                       FROM "UserInterest" i WHERE i."userId" = u."id"), '[]') AS "interests",
             COALESCE((SELECT json_agg(json_build_object('id', p."id", 'kind', p."kind", 'name', p."mediaKey", 'alt', p."alt",
                                                         'width', p."width", 'height', p."height",
                                                         'placeholder', p."placeholder", 'state', p."state",
                                                         'refusal', p."refusal") ORDER BY p."position", p."id")
                       FROM "Picture" p WHERE p."userId" = u."id" AND ${pictures}), '[]') AS "pictures"
      FROM ${from}
    ) found`;
  const ofMember = select(
    `p."refusal" IS DISTINCT FROM '${REMOVED}'`,
    `"User" u WHERE u."id" = $1::uuid AND u."securityVersion" = $2::int`,
  );
  const seenBy = select(
    `p."state" = 'ready'`,
    `"User" v LEFT JOIN "User" u ON u."usernameKey" = $1 AND u."purgeAt" IS NULL
       AND (u."visibility" = 'members' OR u."id" = v."id")
     WHERE v."id" = $2::uuid AND v."securityVersion" = $3::int`,
  );
  /** What a statement finds, or 'nobody' where it is asked for somebody who is not to be seen. */
  const ask = async (sql: string, values: (string | number)[]): Promise<Profile | 'nobody' | null> => {
    const [row] = await db.read<{ profile: AsJson | Nobody }>(sql, values);
    if (!row) return null;
    const { profile } = row;
    if (profile.username === null) return 'nobody';
    const { createdAt, emailVerifiedAt, phoneVerifiedAt } = profile;
    return Object.assign(profile, {
      createdAt: new Date(createdAt),
      emailVerifiedAt: emailVerifiedAt === null ? null : new Date(emailVerifiedAt),
      phoneVerifiedAt: phoneVerifiedAt === null ? null : new Date(phoneVerifiedAt),
    });
  };

  return {
    /** A signed-in person's own; null when the account is gone, or its password changed since the session began. */
    async ofMember({ id, securityVersion }: Me): Promise<OwnProfile | null> {
      const profile = await ask(ofMember, [id, securityVersion]);
      if (profile === null || profile === 'nobody') return null;
      const allPictures = profile.pictures as unknown as OwnPicture[];
      const pictures = allPictures.filter(({ state }) => state === 'ready') as unknown as ShownPicture[];
      return Object.assign(profile, { pictures, allPictures });
    },

    /**
     * The person of a username (in lower case), as a signed-in viewer may see them: 'nobody' for people who hide, who are
     * leaving or who never were. The owner sees a hidden one. Null: the viewer's session is over.
     */
    seenBy: (key: string, viewer: Me): Promise<Profile | 'nobody' | null> =>
      ask(seenBy, [key, viewer.id, viewer.securityVersion]),
  };
};
