import { type Db } from '../../../platform/stores/db.ts';
import { deskPolicy } from '../policy.ts';

export function createAuditStore(db: Db) {
  return {
    /** What is older than the law keeps it; the database decides which that is. Answers how many went. */
    async prune(): Promise<number> {
      const [row] = await db.rows<{
        gone: number;
      }>`SELECT "prune_desk_audit"(${deskPolicy.batch}::int) AS "gone"`;
      return row!.gone;
    },
  };
}

export type AuditStore = ReturnType<typeof createAuditStore>;
