-- What an appeal was answered with: 500 characters of at most 15 units (policy.ts).
ALTER TABLE "DeskDecision" ADD COLUMN "answer" TEXT;
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_answer_length" CHECK (length("answer") <= 7500);
-- Whoever is under 13 is not changed into somebody who may stay; a day's leeway for time zones.
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_old_enough"
  CHECK ("dateOfBirth" <= (("at" AT TIME ZONE 'UTC') - interval '13 years')::date + 1);

-- As before; a case changes with each report, so that nobody decides what they haven't read, and takes the graver reason.
CREATE FUNCTION "gravity"("reason" "ReportReason") RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE "reason"::text
    WHEN 'under-13' THEN 5 WHEN 'minor' THEN 5 WHEN 'self-harm' THEN 4 WHEN 'violent' THEN 3 WHEN 'sexual' THEN 3
    WHEN 'money' THEN 2 WHEN 'impersonation' THEN 2 WHEN 'other' THEN 0 ELSE 1 END
$$;
CREATE OR REPLACE FUNCTION "open_desk_case"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskCase" AS c ("id", "kind", "thing", "personId", "reason", "involvesMinor", "openedAt")
  VALUES (NEW."id", NEW."kind", NEW."thing", NEW."personId", NEW."reason", NEW."involvesMinor", NEW."at")
  ON CONFLICT ("thing") WHERE "state" IN ('open', 'second') DO UPDATE
  SET "involvesMinor" = c."involvesMinor" OR excluded."involvesMinor", "personId" = COALESCE(c."personId", excluded."personId"),
      "reason" = CASE WHEN "gravity"(excluded."reason") > "gravity"(c."reason") THEN excluded."reason" ELSE c."reason" END,
      "version" = c."version" + 1
  RETURNING c."id" INTO NEW."caseId";
  RETURN NEW;
END $$;

-- As before, but: a provisional date of birth only ever protects more, and whoever appeals against "under 13" is not deleted meanwhile.
CREATE OR REPLACE FUNCTION "apply_desk_decision"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  banned timestamptz;
  suspended timestamptz;
  limited timestamptz;
  "isUnderAge" boolean := NEW."act" = 'age' AND NEW."dateOfBirth" IS NULL;
  "ends" timestamptz;
BEGIN
  SELECT min("at") FILTER (WHERE "act" = 'ban' OR ("act" = 'age' AND "dateOfBirth" IS NULL)),
         max("untilAt") FILTER (WHERE "act" = 'suspend'), max("untilAt") FILTER (WHERE "act" = 'limit')
  INTO banned, suspended, limited
  FROM "DeskDecision" WHERE "personId" = NEW."personId" AND "overturnedAt" IS NULL;
  UPDATE "User" u SET
    -- Whoever is kept out is signed in nowhere.
    "securityVersion" = u."securityVersion" + CASE
      WHEN (banned IS NOT NULL AND u."bannedAt" IS NULL) OR suspended > COALESCE(u."suspendedUntil", '-infinity') THEN 1 ELSE 0 END,
    "bannedAt" = banned, "suspendedUntil" = suspended, "limitedUntil" = limited,
    "dateOfBirth" = CASE
      WHEN NEW."dateOfBirth" IS NULL THEN u."dateOfBirth"
      WHEN NEW."overturnedAt" IS NOT NULL THEN NEW."bornBefore"
      WHEN NEW."confirmedAt" IS NOT NULL OR NEW."dateOfBirth" > u."dateOfBirth" THEN NEW."dateOfBirth"
      ELSE u."dateOfBirth" END
  WHERE u."id" = NEW."personId";
  IF "isUnderAge" AND NEW."overturnedAt" IS NOT NULL THEN
    UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL WHERE "id" = NEW."personId" AND "leavingAt" = NEW."confirmedAt";
  ELSIF "isUnderAge" AND NEW."confirmedAt" IS NOT NULL THEN
    -- Fourteen days after the last word of the desk; an appeal that waits keeps the account as long as one may be made.
    "ends" := CASE WHEN NEW."appealedAt" IS NOT NULL AND NEW."answeredAt" IS NULL
      THEN NEW."appealedAt" + interval '184 days'
      ELSE GREATEST(NEW."confirmedAt", NEW."answeredAt") + interval '14 days' END;
    UPDATE "User" SET "leavingAt" = NEW."confirmedAt", "purgeAt" = "ends", "keepsMessages" = FALSE
    WHERE "id" = NEW."personId" AND ("purgeAt" IS NULL OR "leavingAt" = NEW."confirmedAt" OR "purgeAt" > "ends");
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER "DeskDecision_applies" ON "DeskDecision";
CREATE TRIGGER "DeskDecision_applies" AFTER INSERT OR UPDATE OF "confirmedAt", "overturnedAt", "appealedAt", "answeredAt" ON "DeskDecision"
  FOR EACH ROW WHEN (NEW."personId" IS NOT NULL) EXECUTE FUNCTION "apply_desk_decision"();

-- An appeal opens its case by what holds at that moment, also where somebody confirms it just then.
CREATE FUNCTION "open_appeal"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE "DeskCase" SET "state" = 'appealed', "closedAt" = NULL, "version" = "version" + 1
  WHERE "id" = NEW."caseId" AND "state" = 'closed';
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskDecision_appealed" AFTER UPDATE OF "appealedAt" ON "DeskDecision"
  FOR EACH ROW WHEN (OLD."appealedAt" IS NULL AND NEW."appealedAt" IS NOT NULL) EXECUTE FUNCTION "open_appeal"();

-- What is sealed is evidence: whoever it is about is not deleted. Only the owner of the tables may write that, so this runs as the owner.
CREATE FUNCTION "hold_sealed"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE "User" SET "heldAt" = NEW."sealedAt" WHERE "id" = NEW."personId" AND "heldAt" IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskCase_hold" AFTER UPDATE OF "sealedAt" ON "DeskCase"
  FOR EACH ROW WHEN (OLD."sealedAt" IS NULL AND NEW."sealedAt" IS NOT NULL) EXECUTE FUNCTION "hold_sealed"();

-- As before; "seal" and "unseal" are told apart.
CREATE OR REPLACE FUNCTION "audit_desk_case"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW."heldBy" IS NOT NULL OR NEW."heldUntil" IS NOT NULL)
    AND ROW(NEW."heldBy", NEW."heldUntil") IS DISTINCT FROM ROW(OLD."heldBy", OLD."heldUntil") THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (CASE WHEN NEW."heldUntil" IS DISTINCT FROM OLD."heldUntil" THEN COALESCE(NEW."heldUntil" - interval '20 minutes', now()) ELSE now() END,
            NEW."heldBy", 'take', NEW."id", NEW."personId");
  END IF;
  IF NEW."sealedAt" IS DISTINCT FROM OLD."sealedAt" THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (COALESCE(NEW."sealedAt", now()), NEW."sealedBy", CASE WHEN NEW."sealedAt" IS NULL THEN 'unseal' ELSE 'seal' END, NEW."id", NEW."personId");
  END IF;
  -- Nobody's name: the row of the decision that moved it says whose act it was.
  IF NEW."state" <> OLD."state" THEN
    INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") VALUES (now(), 'state-' || NEW."state", NEW."id", NEW."personId");
  END IF;
  RETURN NULL;
END $$;

-- Two bans of one person each remember: the one that is taken back forgets only its own.
ALTER TABLE "BannedTrace" DROP CONSTRAINT "BannedTrace_pkey";
ALTER TABLE "BannedTrace" ADD CONSTRAINT "BannedTrace_pkey" PRIMARY KEY ("hash", "caseId");
