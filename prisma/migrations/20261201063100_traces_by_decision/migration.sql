-- Two bans in one case: the one that is taken back lets go of its own traces, and finds them again if that is taken back.
-- AlterTable
ALTER TABLE "BannedTrace" ADD COLUMN "decisionId" UUID, ADD COLUMN "liftedAt" TIMESTAMPTZ(3);
ALTER TABLE "BannedTrace" DROP CONSTRAINT "BannedTrace_pkey";
-- Those of a case belong to each of its bans that hold.
INSERT INTO "BannedTrace" ("hash", "caseId", "decisionId", "until")
SELECT t."hash", t."caseId", d."id", t."until" FROM "BannedTrace" t
JOIN "DeskDecision" d ON d."caseId" = t."caseId" AND d."act" = 'ban' AND d."overturnedAt" IS NULL WHERE t."decisionId" IS NULL;
DELETE FROM "BannedTrace" t WHERE t."decisionId" IS NULL AND EXISTS (
  SELECT FROM "BannedTrace" o WHERE o."hash" = t."hash" AND o."caseId" = t."caseId" AND o."decisionId" IS NOT NULL);
-- Of a decision that is gone.
UPDATE "BannedTrace" SET "decisionId" = "caseId" WHERE "decisionId" IS NULL;
ALTER TABLE "BannedTrace" ALTER COLUMN "decisionId" SET NOT NULL;
ALTER TABLE "BannedTrace" ADD CONSTRAINT "BannedTrace_pkey" PRIMARY KEY ("hash", "decisionId");

-- CreateIndex
CREATE INDEX "BannedTrace_decisionId_idx" ON "BannedTrace"("decisionId");

-- As before, by decision, and without those that are lifted.
DROP FUNCTION "bans_of"(text[], timestamptz);
CREATE FUNCTION "bans_of"("hashes" text[], "now" timestamptz) RETURNS TABLE ("caseId" uuid, "decisionId" uuid, "until" timestamptz)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(61, 0);
  RETURN QUERY SELECT t."caseId", t."decisionId", max(t."until") FROM "BannedTrace" t
    WHERE t."hash" = ANY("hashes") AND t."until" > "now" AND t."liftedAt" IS NULL GROUP BY t."caseId", t."decisionId";
END $$;
