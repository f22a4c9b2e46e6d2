import { recordSql } from '../../../events/record.sql.ts';
import type { AgeBand } from '../../../kernel/age-band.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { FindableBy, ProfileVisibility, WhoMayWrite } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { requestId } from '../../../platform/watching/request-id.ts';
import { byDefault } from '../contact.sql.ts';
import { presenceChosen } from '../facts.ts';
import { shows } from '../shows.sql.ts';

export interface PrivacyChoices {
  visibility: ProfileVisibility;
  findable: FindableBy;
  whoMayWrite: WhoMayWrite;
  presence: 'on' | 'off';
  receipts: 'on' | 'off';
}

/** Null leaves one as it is, be it chosen or what stands for the band. */
export type ChoicesWrite = { [Key in keyof PrivacyChoices]: PrivacyChoices[Key] | null };

function isOn(chosen: 'on' | 'off' | null): boolean | null {
  return chosen && chosen === 'on';
}

export function createPrivacySettingsStore(db: Db) {
  return {
    /** What holds now, chosen or not. Null: the session is over. */
    async of(viewer: Viewer): Promise<(PrivacyChoices & { band: AgeBand }) | null> {
      const [found] = await db.rows<PrivacyChoices & { band: AgeBand }>`
      SELECT u."visibility", "age_band"(u."dateOfBirth", ${at(viewer.now)}) AS "band",
        COALESCE(u."findable"::text, ${byDefault('findable', viewer)}) AS "findable",
        COALESCE(u."whoMayWrite"::text, ${byDefault('whoMayWrite', viewer)}) AS "whoMayWrite",
        CASE WHEN ${shows('presence', 'u', viewer.now)} THEN 'on' ELSE 'off' END AS "presence",
        CASE WHEN ${shows('receipts', 'u', viewer.now)} THEN 'on' ELSE 'off' END AS "receipts"
      FROM "User" u WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int`;
      return found ?? null;
    },

    /** False: the session is over. A profile form that shows another visibility than the one chosen here is told of it. */
    async save({ id, securityVersion, now }: Viewer, to: ChoicesWrite): Promise<boolean> {
      const said = to.presence === null ? Prisma.sql`WHERE FALSE` : Prisma.sql`FROM changed`;
      const changed = await db.rows`
      WITH changed AS (UPDATE "User" SET
        "visibility" = COALESCE(${to.visibility}::"ProfileVisibility", "visibility"),
        "profileVersion" = "profileVersion" + (COALESCE(${to.visibility}::"ProfileVisibility", "visibility") <> "visibility")::int,
        "findable" = COALESCE(${to.findable}::"FindableBy", "findable"),
        "whoMayWrite" = COALESCE(${to.whoMayWrite}::"WhoMayWrite", "whoMayWrite"),
        "presence" = COALESCE(${isOn(to.presence)}::boolean, "presence"),
        "receipts" = COALESCE(${isOn(to.receipts)}::boolean, "receipts"), "updatedAt" = ${at(now)}
      WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int RETURNING 1
      ), fact AS (${recordSql(presenceChosen, { userId: id }, { at: now, request: requestId() }, said)})
      SELECT FROM changed`;
      return changed.length === 1;
    },
  };
}

export type PrivacySettingsStore = ReturnType<typeof createPrivacySettingsStore>;
