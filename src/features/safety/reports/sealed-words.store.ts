import { at, type Db } from '../../../platform/stores/db.ts';
import { reportPolicy } from '../policy.ts';

export interface SealedText {
  thing: string;
  text: string;
  at: Date;
}

/** Words that were changed or deleted. Nobody reads them but a report by the other side. */
export function createSealedWordsStore(db: Db) {
  return {
    async seal(id: string, { thing, text, at: moment }: SealedText): Promise<void> {
      await db.run`
      INSERT INTO "SealedWords" ("id", "thing", "text", "at")
      VALUES (${id}::uuid, ${thing}, ${text}, ${at(moment)}) ON CONFLICT ("id") DO NOTHING`;
    },

    /** For a report of these things by whoever did not write them. */
    opened: (things: readonly string[], since: Date): Promise<SealedText[]> =>
      db.rows<SealedText>`
      SELECT "thing", "text", "at" FROM "SealedWords"
      WHERE "thing" = ANY(${things}::text[]) AND "at" > ${at(since)}
      ORDER BY "at", "id"`,

    eraseUntil: (moment: Date): Promise<number> =>
      db.run`
      DELETE FROM "SealedWords" WHERE "id" = ANY(ARRAY(
        SELECT "id" FROM "SealedWords" WHERE "at" <= ${at(moment)} LIMIT ${reportPolicy.batch} FOR UPDATE SKIP LOCKED))`,
  };
}

export type SealedWordsStore = ReturnType<typeof createSealedWordsStore>;
