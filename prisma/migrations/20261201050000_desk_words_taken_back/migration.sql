-- A second word, and the answer to an appeal, may be taken back for ten minutes, as a decision may. `at` and its like are the
-- site's word; this is the database's: when staff last said something to a decision.
ALTER TABLE "DeskDecision" ADD COLUMN "saidAt" TIMESTAMPTZ(3);

-- As before, but the last word of staff may be taken back, whole, while the database's clock counts eleven minutes: the site
-- counts ten (policy.ts), and its statement has a moment to arrive.
CREATE OR REPLACE FUNCTION "guard_decision"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  part text;
  "said" boolean := FALSE;
  "undone" text[] := '{}';
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  FOREACH part IN ARRAY ARRAY['id', 'caseId', 'personId', 'act', 'reason', 'untilAt', 'dateOfBirth', 'bornBefore', 'decidedBy', 'at', 'needsSecond'] LOOP
    IF becomes -> part IS DISTINCT FROM was -> part THEN
      RAISE EXCEPTION 'what was decided stays: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  -- Each is said once, by staff. Only the owner says it without a name, on the server, and that is never taken back.
  FOREACH part IN ARRAY ARRAY['confirmed', 'overturned', 'answered'] LOOP
    CONTINUE WHEN ROW(becomes -> (part || 'At'), becomes -> (part || 'By')) IS NOT DISTINCT FROM ROW(was -> (part || 'At'), was -> (part || 'By'));
    IF becomes ->> (part || 'At') IS NULL AND becomes ->> (part || 'By') IS NULL AND was ->> (part || 'By') IS NOT NULL
      AND OLD."saidAt" > clock_timestamp() - interval '11 minutes' THEN
      "undone" := "undone" || part;
    ELSIF was ->> (part || 'At') IS NOT NULL OR becomes ->> (part || 'At') IS NULL
      OR NOT EXISTS (SELECT FROM "User" WHERE "id" = (becomes ->> (part || 'By'))::uuid AND "role" <> 'member') THEN
      RAISE EXCEPTION 'a word of staff is said once, by name: %', part USING ERRCODE = 'insufficient_privilege';
    ELSE
      "said" := TRUE;
    END IF;
  END LOOP;
  -- The last word alone, and never what whoever decided took back; two that were said in one act go in one.
  IF cardinality("undone") > 0 AND (
    "said"
    OR ('confirmed' = ANY("undone") AND num_nonnulls(OLD."overturnedAt", OLD."answeredAt") > 0)
    OR ('overturned' = ANY("undone") AND OLD."overturnedBy" = OLD."decidedBy")
    OR ('answered' = ANY("undone") AND (NEW."answer" IS NOT NULL OR NEW."overturnedAt" IS NOT NULL))
    OR ('overturned' = ANY("undone") AND OLD."answeredAt" = OLD."overturnedAt" AND NEW."answeredAt" IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'only the last word is taken back, and all of it: %', "undone" USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW."saidAt" := CASE WHEN "said" THEN clock_timestamp() WHEN cardinality("undone") = 0 THEN OLD."saidAt" END;
  IF OLD."appealedAt" IS NOT NULL AND NEW."appealedAt" IS DISTINCT FROM OLD."appealedAt" THEN
    RAISE EXCEPTION 'an appeal is made once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Words are never others, and go with whoever they are about (forgetWords in following.store.ts), or with the answer that is taken back.
  FOREACH part IN ARRAY ARRAY['fact', 'appeal', 'answer'] LOOP
    CONTINUE WHEN becomes -> part IS NOT DISTINCT FROM was -> part OR (part <> 'fact' AND was ->> part IS NULL)
      OR (part = 'answer' AND 'answered' = ANY("undone"));
    IF COALESCE(becomes ->> part, '') <> '' OR EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId") THEN
      RAISE EXCEPTION 'words of a decision stay: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

-- As before; a word that is taken back is written down beside it.
CREATE OR REPLACE FUNCTION "audit_desk_decision"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId", "decisionId")
  SELECT now(), w."staffId", w."act", NEW."caseId", NEW."personId", NEW."id" FROM (VALUES
    (NEW."confirmedAt", OLD."confirmedBy", 'confirm-undone', OLD."confirmedAt"),
    (NEW."overturnedAt", OLD."overturnedBy", 'overturn-undone', OLD."overturnedAt"),
    (NEW."answeredAt", OLD."answeredBy", 'answer-undone', OLD."answeredAt")
  ) AS w("at", "staffId", "act", "before") WHERE w."at" IS NULL AND w."before" IS NOT NULL;
  RETURN NULL;
END $$;

-- As before, but: with a second word that is taken back, what holds is again what was provisional.
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
      WHEN NEW."confirmedAt" IS NOT NULL THEN NEW."dateOfBirth"
      ELSE GREATEST(NEW."dateOfBirth", NEW."bornBefore") END
  WHERE u."id" = NEW."personId";
  IF "isUnderAge" AND (NEW."overturnedAt" IS NOT NULL OR (TG_OP = 'UPDATE' AND NEW."confirmedAt" IS NULL)) THEN
    UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL
    WHERE "id" = NEW."personId" AND "leavingAt" = COALESCE(NEW."confirmedAt", OLD."confirmedAt");
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
