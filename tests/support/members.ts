import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import { usernameSkeleton } from '../../src/kernel/text/look-alikes.ts';
import type { SecurityEvent } from '../../src/features/auth/history/security-events.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import type { Nodes } from './nodes.ts';

export interface MemberRow {
  id: string;
  username: string;
  emailKey: string | null;
  phone: string | null;
  passwordHash: string;
  passwordRevokedAt: Date | null;
  securityVersion: number;
  recoveryVersion: number;
  leavingAt: Date | null;
  purgeAt: Date | null;
  languageChanges: number;
  languagesChangedAt: Date | null;
}

const insert = `
  WITH person AS (
    INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                        "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
    SELECT $1::uuid, $2, $2, $3::text, $3, CASE WHEN $3 IS NOT NULL THEN $5::timestamptz END,
           $4::text, CASE WHEN $4 IS NOT NULL THEN $5 END, '$argon2id$', '1990-01-01', 'DE', $5, $5
    RETURNING "id"
  ), languages AS (
    INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
    SELECT "id", l.code, l.role::"LanguageRole", 0 FROM person, (VALUES ('de', 'native'), ('en', 'learning')) l(code, role)
  )
  INSERT INTO "UsernameSkeleton" ("skeleton") VALUES ($6)`;

/** Puts people into the stores of engines, and looks at what became of them. */
export function membersOf({ stores, clock }: Pick<Nodes, 'stores' | 'clock'>) {
  const newId = (): string => uuidv7(clock.now(), systemRandom);
  return {
    newId,

    /** Somebody who joined this moment; by mail, unless said otherwise. */
    join: async (
      username = 'ann',
      contacts: { email?: string | null; phone?: string | null } = {},
    ): Promise<Viewer> => {
      const { email = `${username}@example.com`, phone = null } = contacts;
      const id = newId();
      await stores.sql(insert, [id, username, email, phone, clock.now(), usernameSkeleton(username)]);
      return { id, securityVersion: 0, now: clock.now() };
    },

    /** What the database knows of a person; undefined: nothing. */
    rowOf: async (id: string): Promise<MemberRow | undefined> =>
      (await stores.sql<MemberRow>('SELECT * FROM "User" WHERE "id" = $1', [id]))[0],

    event: (kind: SecurityEvent['kind'], userId: string): SecurityEvent => ({
      id: newId(),
      userId,
      kind,
      outcome: 'done',
      at: clock.now(),
      network: 'network',
      device: 'Firefox on Windows',
      noticeDue: false,
    }),

    /** How often something of this kind happened to anybody. */
    timesOf: async (kind: SecurityEvent['kind']): Promise<number> =>
      (await stores.sql('SELECT FROM "SecurityEvent" WHERE "kind"::text = $1', [kind])).length,
  };
}
