import { inBatches } from '../../../platform/stores/batches.ts';
import { type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type OwnPicture, REMOVED, type ShownPicture } from '../../pictures/index.ts';
import { visibleTo } from '../../safety/index.ts';
import type { Language } from '../languages/languages.ts';
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

/** A viewer who wants their own profile. */
interface Asked {
  id: string;
  version: number;
}

/** Profiles that one statement reads: enough for a busy moment, few enough for one connection not to be held up. */
const MOST = 16;

/** What a profile shows of the person of alias `u`; `pictures` says which of theirs. */
function shown(pictures: string): string {
  return `
    u."username", u."displayName", u."bio", u."country", u."visibility", u."createdAt",
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
              FROM "Picture" p WHERE p."userId" = u."id" AND ${pictures}), '[]') AS "pictures"`;
}
const shownToOthers = Prisma.raw(shown(`p."state" = 'ready'`));

/** Each statement asks as well whether its viewer's session still holds. */
export function createProfileStore(db: Db) {
  // One row of one column: what the driver does for each of many costs more than to parse them in one piece. A list of
  // unknown length, as JSON: for an array Postgres would plan each length anew.
  const ownOfMany = `
    SELECT json_agg((
      SELECT to_json(found) FROM (
        SELECT ${shown(`p."refusal" IS DISTINCT FROM '${REMOVED}'`)}
        FROM "User" u WHERE u."id" = asked."id" AND u."securityVersion" = asked."version"
      ) found
    ) ORDER BY asked."n") AS "profiles"
    FROM ROWS FROM (json_to_recordset($1::json) AS ("id" uuid, "version" int))
         WITH ORDINALITY AS asked("id", "version", "n")`;
  const own = inBatches(async (asked: readonly Asked[]) => {
    const [row] = await db.read<{ profiles: (AsJson | null)[] }>(ownOfMany, [JSON.stringify(asked)]);
    return row!.profiles;
  }, MOST);
  const ready = (profile: AsJson): Profile => {
    const { createdAt, emailVerifiedAt, phoneVerifiedAt } = profile;
    return Object.assign(profile, {
      createdAt: new Date(createdAt),
      emailVerifiedAt: emailVerifiedAt === null ? null : new Date(emailVerifiedAt),
      phoneVerifiedAt: phoneVerifiedAt === null ? null : new Date(phoneVerifiedAt),
    });
  };

  return {
    /** A signed-in person's own; null when the account is gone, or its password changed since the session began. */
    async ofMember({ id, securityVersion: version }: Viewer): Promise<OwnProfile | null> {
      const found = await own({ id, version });
      if (found === null) return null;
      const profile = ready(found);
      const allPictures = profile.pictures as unknown as OwnPicture[];
      const pictures = allPictures.filter(({ state }) => state === 'ready') as unknown as ShownPicture[];
      return Object.assign(profile, { pictures, allPictures });
    },

    /**
     * The person of a username (in lower case), as a signed-in viewer may see them: 'nobody' for people who hide, who are
     * leaving or who never were. The owner sees a hidden one. Null: the viewer's session is over.
     */
    async seenBy(name: string, viewer: Viewer): Promise<Profile | 'nobody' | null> {
      const [found] = await db.rows<Profile | Nobody>`
      SELECT ${shownToOthers}
      FROM "User" v LEFT JOIN "User" u ON u."usernameKey" = ${name} AND ${visibleTo(viewer)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (!found) return null;
      return found.username === null ? 'nobody' : found;
    },
  };
}

export type ProfileStore = ReturnType<typeof createProfileStore>;
