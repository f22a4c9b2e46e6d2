import type { Db } from '../../../platform/stores/db.ts';
import { bothShow, isThere, mayGoOn } from '../../safety/index.ts';

/** Two partners who may go on. */
export interface PartnerRow {
  otherId: string;
  other: string; // usernames: the partner's, and of whom they are told
  who: string;
  isShown: boolean; // both show that they are here
}

export function createPresenceStore(db: Db) {
  return {
    /** Nobody's, where the person themselves is nobody to others any more. */
    partners: (id: string, now: Date): Promise<PartnerRow[]> =>
      db.rows<PartnerRow>`
      SELECT u."id" AS "otherId", u."username" AS "other", me."username" AS "who", ${bothShow('presence', { id, now })} AS "isShown"
      FROM "User" me
      JOIN "Partner" p ON p."lowId" = me."id" OR p."highId" = me."id"
      JOIN "User" u ON u."id" IN (p."lowId", p."highId") AND ${mayGoOn({ id, now })}
      WHERE me."id" = ${id}::uuid AND EXISTS (SELECT FROM "User" u WHERE u."id" = ${id}::uuid AND ${isThere({ id, now })})`,
  };
}

export type PresenceStore = ReturnType<typeof createPresenceStore>;
