import type { Db } from '../../../platform/stores/db.ts';
import { countsPolicy } from '../policy.ts';

/** How many people of a pair speak one language and learn the other, either way round. */
interface PairCount {
  languages: [string, string];
  people: number;
}

export interface Counts {
  people: number; // who can be found
  languages: number; // that somebody who can be found speaks
  pairs: PairCount[]; // the largest first
}

export function createCountsStore(db: Db) {
  return {
    async count(): Promise<Counts> {
      const [row] = await db.rows<Counts>`
      WITH pairs AS (
        SELECT LEAST(p."speaks", p."learns") AS "one", GREATEST(p."speaks", p."learns") AS "other",
          count(DISTINCT p."userId")::int AS "people"
        FROM "LanguagePair" p WHERE p."until" = 'infinity' GROUP BY 1, 2
        HAVING count(DISTINCT p."userId") >= ${countsPolicy.fewestOfPair}
        ORDER BY 3 DESC, 1, 2 LIMIT ${countsPolicy.pairs}
      )
      SELECT
        (SELECT count(*)::int FROM "User" u WHERE u."bannedAt" IS NULL AND u."purgeAt" IS NULL
           AND EXISTS (SELECT FROM "LanguagePair" p WHERE p."userId" = u."id" AND p."until" = 'infinity')) AS "people",
        (SELECT count(DISTINCT p."speaks")::int FROM "LanguagePair" p WHERE p."until" = 'infinity') AS "languages",
        COALESCE((SELECT json_agg(json_build_object('languages', json_build_array(p."one", p."other"), 'people', p."people")
                                  ORDER BY p."people" DESC, p."one", p."other") FROM pairs p), '[]') AS "pairs"`;
      return row!;
    },
  };
}

export type CountsStore = ReturnType<typeof createCountsStore>;
