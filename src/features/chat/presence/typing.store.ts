import type { Viewer } from '../../../kernel/viewer.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { arePartners, bothShow, mayGoOn } from '../../safety/index.ts';
import type { Place } from '../pairs/pair.store.ts';

export interface TypingRow {
  author: string; // the viewer's username
  otherId: string | null; // null: no partner with whom the viewer may go on
  isShown: boolean;
}

export function createTypingStore(db: Db) {
  return {
    /** Null: the session is over. */
    async partner(viewer: Viewer, { conversationId, usernameKey }: Place): Promise<TypingRow | null> {
      const [row] = await db.rows<TypingRow>`
      SELECT v."username" AS "author", u."id" AS "otherId", COALESCE(${bothShow('presence', viewer)}, FALSE) AS "isShown"
      FROM "User" v
      LEFT JOIN "Participation" p ON p."userId" = ${viewer.id}::uuid AND p."conversationId" = ${conversationId}::uuid
      LEFT JOIN "User" u ON u."id" = COALESCE(p."otherId",
          (SELECT n."id" FROM "User" n WHERE n."usernameKey" = ${usernameKey}))
        AND ${mayGoOn(viewer)} AND ${arePartners(viewer)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      return row ?? null;
    },
  };
}

export type TypingStore = ReturnType<typeof createTypingStore>;
