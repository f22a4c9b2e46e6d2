import type { Viewer } from '../../../kernel/viewer.ts';
import type { Role } from '../../../platform/generated/prisma/enums.ts';
import type { Db } from '../../../platform/stores/db.ts';

/** What the desk asks about whoever comes to it. */
export interface Staff {
  role: Role;
  hasSecondFactor: boolean;
}

export function createStaffStore(db: Db) {
  return {
    /** Null: the session is over. */
    async of({ id, securityVersion }: Pick<Viewer, 'id' | 'securityVersion'>): Promise<Staff | null> {
      const [found] = await db.rows<Staff>`
      SELECT u."role"::text AS "role", EXISTS (SELECT FROM "SecondFactor" f WHERE f."userId" = u."id") AS "hasSecondFactor"
      FROM "User" u WHERE u."id" = ${id}::uuid AND u."securityVersion" = ${securityVersion}::int`;
      return found ?? null;
    },

    /** In development: whose codes are shown, with the sealed keys of their apps. */
    demo: (usernames: readonly string[]) =>
      db.rows<{ id: string; username: string; sealedKey: string | null; keyId: string | null }>`
      SELECT u."id", u."username", f."sealedKey", f."keyId" FROM "User" u LEFT JOIN "SecondFactor" f ON f."userId" = u."id"
      WHERE u."usernameKey" = ANY(${usernames}::text[]) AND u."role" <> 'member' ORDER BY u."username"`,
  };
}

export type StaffStore = ReturnType<typeof createStaffStore>;
