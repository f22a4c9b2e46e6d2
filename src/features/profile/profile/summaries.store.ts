import type { Viewer } from '../../../kernel/viewer.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { eitherIsMinor, visibleTo } from '../../safety/index.ts';
import type { Language } from '../languages/languages.ts';

/** A profile in short, for pages that show somebody beside something else. */
export interface ProfileSummary {
  username: string;
  country: string;
  languages: Language[]; // in the person's order
  interests: string[]; // codes, in the person's order
  withMinor: boolean; // they or the viewer are under 18
}

export interface Summaries {
  /** By username; whom the viewer may not see is not among them. */
  of(viewer: Viewer, usernames: readonly string[]): Promise<ReadonlyMap<string, ProfileSummary>>;
}

export function createSummaries(db: Db): Summaries {
  return {
    async of(viewer, usernames) {
      if (usernames.length === 0) return new Map();
      const rows = await db.rows<ProfileSummary>`
      SELECT u."username", u."country", ${eitherIsMinor(viewer)} AS "withMinor",
        COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role", 'level', l."level")
                                  ORDER BY l."position")
                  FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages",
        COALESCE((SELECT json_agg(i."code" ORDER BY i."position")
                  FROM "UserInterest" i WHERE i."userId" = u."id"), '[]') AS "interests"
      FROM "User" u
      WHERE u."usernameKey" = ANY(${usernames.map((name) => name.toLowerCase())}::text[]) AND ${visibleTo(viewer)}`;
      return new Map(rows.map((row) => [row.username, row]));
    },
  };
}
