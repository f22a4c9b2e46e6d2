-- CreateEnum
CREATE TYPE "Role" AS ENUM ('member', 'moderator', 'admin');

-- CreateEnum
CREATE TYPE "DeskState" AS ENUM ('open', 'second', 'appealed', 'closed');

-- CreateEnum
CREATE TYPE "DeskAct" AS ENUM ('dismiss', 'remove', 'warn', 'limit', 'suspend', 'ban', 'age');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "limitedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "role" "Role" NOT NULL DEFAULT 'member';

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "removedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Report" ADD COLUMN     "caseId" UUID;

-- CreateTable
CREATE TABLE "BannedTrace" (
    "hash" TEXT NOT NULL,
    "caseId" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BannedTrace_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "DeskCase" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "thing" TEXT NOT NULL,
    "personId" UUID,
    "reason" "ReportReason" NOT NULL,
    "involvesMinor" BOOLEAN NOT NULL,
    "state" "DeskState" NOT NULL DEFAULT 'open',
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "heldBy" UUID,
    "heldUntil" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "sealedAt" TIMESTAMPTZ(3),
    "sealedBy" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DeskCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeskDecision" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "personId" UUID,
    "act" "DeskAct" NOT NULL,
    "reason" "ReportReason" NOT NULL,
    "fact" TEXT NOT NULL,
    "untilAt" TIMESTAMPTZ(3),
    "dateOfBirth" DATE,
    "bornBefore" DATE,
    "decidedBy" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "needsSecond" BOOLEAN NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedBy" UUID,
    "overturnedAt" TIMESTAMPTZ(3),
    "overturnedBy" UUID,
    "appeal" TEXT,
    "appealedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "answeredBy" UUID,
    "carriedOut" BOOLEAN NOT NULL DEFAULT true,
    "statementSentAt" TIMESTAMPTZ(3),
    "outcomeSentAt" TIMESTAMPTZ(3),
    "helpSentAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeskDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeskAudit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staffId" UUID,
    "act" TEXT NOT NULL,
    "caseId" UUID,
    "personId" UUID,
    "decisionId" UUID,

    CONSTRAINT "DeskAudit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemovedProfile" (
    "userId" UUID NOT NULL,
    "displayName" TEXT,
    "bio" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RemovedProfile_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "BannedTrace_caseId_idx" ON "BannedTrace"("caseId");

-- CreateIndex
CREATE INDEX "BannedTrace_until_idx" ON "BannedTrace"("until");

-- CreateIndex
CREATE INDEX "DeskCase_personId_idx" ON "DeskCase"("personId");

-- CreateIndex
CREATE INDEX "DeskCase_closedAt_idx" ON "DeskCase"("closedAt");

-- CreateIndex
CREATE INDEX "DeskDecision_caseId_idx" ON "DeskDecision"("caseId");

-- CreateIndex
CREATE INDEX "DeskDecision_personId_at_idx" ON "DeskDecision"("personId", "at");

-- CreateIndex
CREATE INDEX "DeskAudit_at_idx" ON "DeskAudit"("at");

-- CreateIndex
CREATE INDEX "DeskAudit_personId_at_idx" ON "DeskAudit"("personId", "at");

-- CreateIndex
CREATE INDEX "DeskAudit_caseId_idx" ON "DeskAudit"("caseId");

-- CreateIndex
CREATE INDEX "Block_at_idx" ON "Block"("at");

-- CreateIndex
CREATE INDEX "Report_caseId_idx" ON "Report"("caseId");

-- policy.ts of each: 500 characters of at most 15 units
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_fact_length" CHECK (length("fact") <= 7500);
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_appeal_length" CHECK (length("appeal") <= 15000);
-- Nobody is their own second, answers an appeal against themselves, or decides about themselves.
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_second_person" CHECK ("confirmedBy" <> "decidedBy");
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_answered_by_another" CHECK ("answeredBy" <> "decidedBy" AND "answeredBy" <> COALESCE("confirmedBy", "decidedBy"));
ALTER TABLE "DeskDecision" ADD CONSTRAINT "DeskDecision_of_somebody_else" CHECK ("decidedBy" <> "personId");
ALTER TABLE "DeskAudit" ADD CONSTRAINT "DeskAudit_act_shape" CHECK ("act" ~ '^[a-z-]{1,20}$');

CREATE UNIQUE INDEX "DeskCase_open_once" ON "DeskCase" ("thing") WHERE "state" IN ('open', 'second');
-- Few wait.
CREATE INDEX "DeskCase_waiting_idx" ON "DeskCase" ("openedAt") WHERE "state" <> 'closed';
CREATE INDEX "DeskDecision_untold_idx" ON "DeskDecision" ("at")
  WHERE "statementSentAt" IS NULL OR "outcomeSentAt" IS NULL OR "helpSentAt" IS NULL OR NOT "carriedOut";
-- The law: a date of birth changes once.
CREATE UNIQUE INDEX "DeskDecision_born_once" ON "DeskDecision" ("personId")
  WHERE "dateOfBirth" IS NOT NULL AND "overturnedAt" IS NULL;
CREATE INDEX "User_staff_idx" ON "User" ("role") WHERE "role" <> 'member';

-- Every report belongs to a case, whoever writes it.
CREATE FUNCTION "open_desk_case"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "DeskCase" AS c ("id", "kind", "thing", "personId", "reason", "involvesMinor", "openedAt")
  VALUES (NEW."id", NEW."kind", NEW."thing", NEW."personId", NEW."reason", NEW."involvesMinor", NEW."at")
  ON CONFLICT ("thing") WHERE "state" IN ('open', 'second') DO UPDATE
  SET "involvesMinor" = c."involvesMinor" OR excluded."involvesMinor", "personId" = COALESCE(c."personId", excluded."personId")
  RETURNING c."id" INTO NEW."caseId";
  RETURN NEW;
END $$;
CREATE TRIGGER "Report_case" BEFORE INSERT ON "Report" FOR EACH ROW EXECUTE FUNCTION "open_desk_case"();

INSERT INTO "DeskCase" ("id", "kind", "thing", "personId", "reason", "involvesMinor", "openedAt")
SELECT DISTINCT ON ("thing") "id", "kind", "thing", "personId", "reason",
       bool_or("involvesMinor") OVER (PARTITION BY "thing"), "at"
FROM "Report" WHERE "decidedAt" IS NULL ORDER BY "thing", "at", "id";
UPDATE "Report" r SET "caseId" = c."id" FROM "DeskCase" c WHERE c."thing" = r."thing" AND r."decidedAt" IS NULL;

-- What keeps somebody out follows from the decisions in force, whatever writes them, in the same moment.
CREATE FUNCTION "apply_desk_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  banned timestamptz;
  suspended timestamptz;
  limited timestamptz;
  "isUnderAge" boolean := NEW."act" = 'age' AND NEW."dateOfBirth" IS NULL;
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
      WHEN NEW."overturnedAt" IS NULL THEN NEW."dateOfBirth" ELSE NEW."bornBefore" END
  WHERE u."id" = NEW."personId";
  -- Under 13: the end comes fourteen days after the second moderator's word, unless the person asked for an earlier one.
  IF "isUnderAge" AND NEW."overturnedAt" IS NULL AND NEW."confirmedAt" IS NOT NULL THEN
    UPDATE "User" SET "leavingAt" = NEW."confirmedAt", "purgeAt" = NEW."confirmedAt" + interval '14 days', "keepsMessages" = FALSE
    WHERE "id" = NEW."personId" AND ("purgeAt" IS NULL OR "purgeAt" > NEW."confirmedAt" + interval '14 days');
  ELSIF "isUnderAge" AND NEW."overturnedAt" IS NOT NULL THEN
    UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL WHERE "id" = NEW."personId" AND "leavingAt" = NEW."confirmedAt";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskDecision_applies" AFTER INSERT OR UPDATE OF "confirmedAt", "overturnedAt" ON "DeskDecision"
  FOR EACH ROW WHEN (NEW."personId" IS NOT NULL) EXECUTE FUNCTION "apply_desk_decision"();

-- Acts are audited here, so that no code can forget to.
CREATE FUNCTION "audit_desk_case"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."heldUntil" IS DISTINCT FROM OLD."heldUntil" AND NEW."heldUntil" IS NOT NULL THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (NEW."heldUntil" - interval '20 minutes', NEW."heldBy", 'take', NEW."id", NEW."personId");
  END IF;
  IF NEW."sealedAt" IS DISTINCT FROM OLD."sealedAt" THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (COALESCE(NEW."sealedAt", now()), NEW."sealedBy", 'seal', NEW."id", NEW."personId");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskCase_audit" AFTER UPDATE ON "DeskCase" FOR EACH ROW EXECUTE FUNCTION "audit_desk_case"();

CREATE FUNCTION "audit_desk_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId", "decisionId")
    VALUES (NEW."at", NEW."decidedBy", NEW."act"::text, NEW."caseId", NEW."personId", NEW."id");
    RETURN NULL;
  END IF;
  INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId", "decisionId")
  SELECT w."at", w."staffId", w."act", NEW."caseId", NEW."personId", NEW."id" FROM (VALUES
    (NEW."confirmedAt", NEW."confirmedBy", 'confirm', OLD."confirmedAt"),
    (NEW."overturnedAt", NEW."overturnedBy", 'overturn', OLD."overturnedAt"),
    (NEW."appealedAt", NULL, 'appeal', OLD."appealedAt"),
    (NEW."answeredAt", NEW."answeredBy", 'answer', OLD."answeredAt")
  ) AS w("at", "staffId", "act", "before") WHERE w."at" IS NOT NULL AND w."before" IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskDecision_audit" AFTER INSERT OR UPDATE ON "DeskDecision"
  FOR EACH ROW EXECUTE FUNCTION "audit_desk_decision"();

-- Only whoever owns the tables gives roles, keeps data for a court, and takes rows out of the audit.
CREATE FUNCTION "is_owner"("relation" oid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = "relation" $$;

CREATE FUNCTION "guard_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW."role" = 'member' AND NEW."heldAt" IS NULL) OR "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  ELSIF (NEW."role" = OLD."role" AND NEW."heldAt" IS NOT DISTINCT FROM OLD."heldAt") OR "is_owner"(TG_RELID) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'only the owner of the tables may' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "User_guard_insert" BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION "guard_user"();
CREATE TRIGGER "User_guard_update" BEFORE UPDATE OF "role", "heldAt" ON "User" FOR EACH ROW EXECUTE FUNCTION "guard_user"();

CREATE FUNCTION "audit_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "personId")
  SELECT now(), w."act", NEW."id" FROM (VALUES
    ('role-' || NEW."role", NEW."role" <> OLD."role"),
    (CASE WHEN NEW."heldAt" IS NULL THEN 'release' ELSE 'hold' END, NEW."heldAt" IS DISTINCT FROM OLD."heldAt")
  ) AS w("act", "isNew") WHERE w."isNew";
  RETURN NULL;
END $$;
CREATE TRIGGER "User_audit" AFTER UPDATE OF "role", "heldAt" ON "User" FOR EACH ROW EXECUTE FUNCTION "audit_user"();

CREATE FUNCTION "guard_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT "is_owner"(TG_RELID) THEN
    RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER "DeskAudit_guard" BEFORE UPDATE OR DELETE ON "DeskAudit" FOR EACH ROW EXECUTE FUNCTION "guard_audit"();
CREATE TRIGGER "DeskAudit_guard_all" BEFORE TRUNCATE ON "DeskAudit" FOR EACH STATEMENT EXECUTE FUNCTION "guard_audit"();

-- The site's job asks for this; what it may take out stands here: the law keeps the audit for two years.
CREATE FUNCTION "prune_desk_audit"("most" int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM "DeskAudit" WHERE "id" = ANY(ARRAY(
      SELECT "id" FROM "DeskAudit" WHERE "at" < now() - interval '2 years' ORDER BY "at" LIMIT "most"))
    RETURNING 1)
  SELECT count(*)::int FROM gone
$$;
