import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { eitherIsMinor } from '../bands.sql.ts';
import { reportPolicy } from '../policy.ts';
import { knownTo } from '../visible.sql.ts';

export interface ReportedPerson {
  personId: string;
  username: string;
  eitherIsMinor: boolean;
}

/** Who may be reported, and the rows of copies. */
export function createEvidenceStore(db: Db, acquainted: () => readonly PersonQuestion[] = () => []) {
  return {
    /** Whoever the viewer may see or was reached by, and is not. */
    async person(viewer: Viewer, usernameKey: string): Promise<ReportedPerson | null> {
      const [found] = await db.rows<ReportedPerson>`
      SELECT u."id" AS "personId", u."username", ${eitherIsMinor(viewer)} AS "eitherIsMinor" FROM "User" u
      WHERE u."usernameKey" = ${usernameKey} AND u."id" <> ${viewer.id}::uuid AND ${knownTo(viewer, acquainted())}`;
      return found ?? null;
    },

    async remember(reportId: string, mediaKeys: readonly string[], now: Date): Promise<void> {
      await db.run`
      INSERT INTO "EvidenceFile" ("mediaKey", "reportId", "at")
      SELECT key, ${reportId}::uuid, ${at(now)} FROM unnest(${mediaKeys}::text[]) AS key`;
    },

    async keysOf(reportId: string): Promise<string[]> {
      const rows = await db.rows<{ mediaKey: string }>`
      SELECT "mediaKey" FROM "EvidenceFile" WHERE "reportId" = ${reportId}::uuid`;
      return rows.map(({ mediaKey }) => mediaKey);
    },

    /** Of no report, though there has been time to write one. */
    async forgotten(until: Date): Promise<string[]> {
      const rows = await db.rows<{ mediaKey: string }>`
      SELECT f."mediaKey" FROM "EvidenceFile" f
      WHERE f."at" <= ${at(until)} AND NOT EXISTS (SELECT FROM "Report" r WHERE r."id" = f."reportId")
      LIMIT ${reportPolicy.batch}`;
      return rows.map(({ mediaKey }) => mediaKey);
    },

    async forget(mediaKey: string): Promise<void> {
      await db.run`DELETE FROM "EvidenceFile" WHERE "mediaKey" = ${mediaKey}`;
    },
  };
}

export type EvidenceStore = ReturnType<typeof createEvidenceStore>;
