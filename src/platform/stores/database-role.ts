import type { Log } from '../watching/log.ts';
import type { Db } from './db.ts';

/** What the connections' role could do beyond rows; null: nothing. */
export async function excessOfRole(db: Db): Promise<'superuser' | 'owner' | null> {
  const [role] = await db.rows<{ superuser: boolean; owner: boolean }>`
    SELECT "rolsuper" AS "superuser", EXISTS (
      SELECT FROM pg_class WHERE "relnamespace" = 'public'::regnamespace AND "relkind" IN ('r', 'p')
      AND pg_has_role("relowner", 'MEMBER')) AS "owner"
    FROM pg_roles WHERE "rolname" = current_user`;
  if (role?.superuser) return 'superuser';
  return role?.owner ? 'owner' : null;
}

/** Once: a warning doesn't keep the site from starting. */
export async function warnOfExcess(db: Db, log: Log): Promise<void> {
  const excess = await excessOfRole(db).catch(() => null);
  if (excess === null) return;
  log.warn(
    { role: excess },
    'the site could change its own tables: give it a role that owns nothing (docs/operations.md, "Two roles")',
  );
}
