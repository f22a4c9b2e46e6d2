import { inBatches } from '../../../platform/stores/batches.ts';
import { type Db, Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type OwnPicture, REMOVED, type ShownPicture } from '../../pictures/index.ts';
import { visibleTo } from '../../safety/index.ts';
import type { Language } from '../languages/languages.ts';
import type { Step } from './next-steps.ts';
import type { Content } from './profile-content.ts';

/** Contacts are for the owner's page only. */
export interface Profile extends Content {
  username: string;
  createdAt: Date;
  email: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
  languages: Language[]; // in the person's order
  pictures: ShownPicture[];
}

/** Of somebody else, with what others ask about them. */
export interface PersonProfile extends Profile {
  answers: unknown[];
}

/** Also the pictures that aren't ready. */
export interface OwnProfile extends Profile {
  allPictures: OwnPicture[];
  /** What they were proposed and have put away. */
  dismissedSteps: string[];
}

type Moments = 'createdAt' | 'emailVerifiedAt' | 'phoneVerifiedAt';
/** As Postgres writes it: dates are strings. */
type AsJson = Omit<OwnProfile, Moments | 'allPictures'> &
  Record<Moments, string | null> & { createdAt: string };
type Nobody = { [Key in keyof Profile]: null };

interface Asked {
  id: string;
  version: number;
}

const MOST = 16; // per statement: enough for a busy moment, few enough not to hold a connection up

/** Of alias `u`; `pictures` says which of theirs. */
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

/** Each statement also asks whether the viewer's session still holds. */
export function createProfileStore(db: Db, questions: () => readonly PersonQuestion[]) {
  // One JSON value costs less than many rows; as an array, Postgres would plan each length anew.
  const ownOfMany = `
    SELECT json_agg((
      SELECT to_json(found) FROM (
        SELECT ${shown(`p."refusal" IS DISTINCT FROM '${REMOVED}'`)}, u."dismissedSteps"
        FROM "User" u WHERE u."id" = asked."id" AND u."securityVersion" = asked."version"
      ) found
    ) ORDER BY asked."n") AS "profiles"
    FROM ROWS FROM (json_to_recordset($1::json) AS ("id" uuid, "version" int))
         WITH ORDINALITY AS asked("id", "version", "n")`;
  const own = inBatches(async (asked: readonly Asked[]) => {
    const [row] = await db.read<{ profiles: (AsJson | null)[] }>(ownOfMany, [JSON.stringify(asked)]);
    return row!.profiles;
  }, MOST);
  const ready = (profile: AsJson) => {
    const { createdAt, emailVerifiedAt, phoneVerifiedAt } = profile;
    return Object.assign(profile, {
      createdAt: new Date(createdAt),
      emailVerifiedAt: emailVerifiedAt === null ? null : new Date(emailVerifiedAt),
      phoneVerifiedAt: phoneVerifiedAt === null ? null : new Date(phoneVerifiedAt),
    });
  };

  return {
    /** Null when the account is gone, or its password has changed. */
    async ofMember({ id, securityVersion: version }: Viewer): Promise<OwnProfile | null> {
      const found = await own({ id, version });
      if (found === null) return null;
      const profile = ready(found);
      const allPictures = profile.pictures as unknown as OwnPicture[];
      const pictures = allPictures.filter(({ state }) => state === 'ready') as unknown as ShownPicture[];
      return Object.assign(profile, { pictures, allPictures });
    },

    /** False when the account is gone, or its password has changed. */
    async dismiss({ id, securityVersion }: Viewer, step: Step): Promise<boolean> {
      const rows = await db.$executeRaw`
      UPDATE "User" SET "dismissedSteps" = array_append(array_remove("dismissedSteps", ${step}), ${step})
      WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int`;
      return rows === 1;
    },

    /** 'nobody': hidden, leaving or unknown; the owner sees a hidden one. Null: the session is over. */
    async seenBy(name: string, viewer: Viewer): Promise<PersonProfile | 'nobody' | null> {
      const asked = questions().map((question) => question(viewer));
      const [found] = await db.rows<PersonProfile | Nobody>`
      SELECT ${shownToOthers}, json_build_array(${asked.length > 0 ? Prisma.join(asked) : Prisma.empty}) AS "answers"
      FROM "User" v LEFT JOIN "User" u ON u."usernameKey" = ${name} AND ${visibleTo(viewer)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (!found) return null;
      return found.username === null ? 'nobody' : found;
    },
  };
}

export type ProfileStore = ReturnType<typeof createProfileStore>;
