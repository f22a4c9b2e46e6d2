-- Guards asked for somebody by their id, and the site could give that id to somebody else meanwhile, or delete them and write
-- them anew. What keeps somebody out, and their date of birth, follow from decisions alone (apply_desk_decision).
CREATE OR REPLACE FUNCTION "guard_user"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW."role" = 'member' AND num_nonnulls(NEW."heldAt", NEW."bannedAt", NEW."suspendedUntil", NEW."limitedUntil") = 0
      AND NOT EXISTS (SELECT FROM "DeskDecision" WHERE "personId" = NEW."id")
      AND NOT EXISTS (SELECT FROM "DeskCase" WHERE "personId" = NEW."id") THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD."heldAt" IS NULL THEN RETURN OLD; END IF;
  ELSIF ROW(NEW."id", NEW."role", NEW."heldAt", NEW."bannedAt", NEW."suspendedUntil", NEW."limitedUntil", NEW."dateOfBirth")
    IS NOT DISTINCT FROM ROW(OLD."id", OLD."role", OLD."heldAt", OLD."bannedAt", OLD."suspendedUntil", OLD."limitedUntil", OLD."dateOfBirth") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'only the owner of the tables may' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER "User_guard_update" ON "User";
CREATE TRIGGER "User_guard_update" BEFORE UPDATE OF "id", "role", "heldAt", "bannedAt", "suspendedUntil", "limitedUntil", "dateOfBirth" ON "User"
  FOR EACH ROW EXECUTE FUNCTION "guard_user"();

-- Their role and second step go with their account.
CREATE FUNCTION "audit_staff_gone"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "personId") VALUES (now(), 'delete-staff', OLD."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "User_audit_delete" AFTER DELETE ON "User" FOR EACH ROW WHEN (OLD."role" <> 'member') EXECUTE FUNCTION "audit_staff_gone"();

CREATE FUNCTION "guard_second_factor"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT "is_owner"(TG_RELID) AND EXISTS (SELECT FROM "User" WHERE "id" = OLD."userId" AND "role" <> 'member') THEN
    RAISE EXCEPTION 'the second step of staff is taken off on the server' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER "SecondFactor_guard" BEFORE UPDATE OF "userId" OR DELETE ON "SecondFactor" FOR EACH ROW EXECUTE FUNCTION "guard_second_factor"();

-- As before, but as the owner, who alone writes what keeps somebody out; and one decision about a person after the other: of two
-- at once, the second took away what the first had just made.
CREATE OR REPLACE FUNCTION "apply_desk_decision"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  banned timestamptz;
  suspended timestamptz;
  limited timestamptz;
  "isUnderAge" boolean := NEW."act" = 'age' AND NEW."dateOfBirth" IS NULL;
  "ends" timestamptz;
  "now" timestamptz := GREATEST(NEW."at", NEW."confirmedAt", NEW."overturnedAt", NEW."answeredAt");
BEGIN
  PERFORM FROM "User" WHERE "id" = NEW."personId" FOR NO KEY UPDATE;
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
  IF NEW."dateOfBirth" IS NOT NULL THEN
    PERFORM "move_band"(NEW."personId", "now");
  END IF;
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
-- Nobody hangs what runs as the owner on a table of their own.
REVOKE EXECUTE ON FUNCTION "apply_desk_decision"() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION "hold_sealed"() FROM PUBLIC;

-- As before, but: about the person of its case and not from before it (clocks of two machines may differ by an hour), for a year
-- at most (policy.ts), with a second person where somebody is under 18, and with nothing yet that follows.
CREATE OR REPLACE FUNCTION "guard_new_decision"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "person" "User";
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  -- They may be gone in the moment in which it is written.
  SELECT * INTO "person" FROM "User" WHERE "id" = NEW."personId";
  IF EXISTS (SELECT FROM "User" WHERE "id" = NEW."decidedBy" AND "role" <> 'member')
    AND COALESCE("person"."role" = 'member', TRUE)
    AND EXISTS (SELECT FROM "DeskCase" WHERE "id" = NEW."caseId" AND "personId" IS NOT DISTINCT FROM NEW."personId"
      AND NEW."at" >= "openedAt" - interval '1 hour')
    AND (NEW."needsSecond" OR NOT (NEW."act" IN ('ban', 'age')
      OR ("person"."id" IS NOT NULL AND "age_band"("person"."dateOfBirth", LEAST(NEW."at", now())) <> '18-over')))
    AND COALESCE(NEW."untilAt" <= NEW."at" + interval '366 days', TRUE)
    AND (CASE WHEN NEW."act" = 'age' AND NEW."dateOfBirth" IS NOT NULL THEN NEW."bornBefore" IS NOT DISTINCT FROM "person"."dateOfBirth"
      ELSE num_nonnulls(NEW."dateOfBirth", NEW."bornBefore") = 0 END)
    AND num_nonnulls(NEW."confirmedAt", NEW."confirmedBy", NEW."overturnedAt", NEW."overturnedBy",
                     NEW."appealedAt", NEW."appeal", NEW."answeredAt", NEW."answeredBy", NEW."answer", NEW."saidAt",
                     NEW."statementSentAt", NEW."outcomeSentAt", NEW."helpSentAt") = 0
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'no such decision is made at the desk' USING ERRCODE = 'insufficient_privilege';
END $$;

-- As before, but: nothing is said before it was decided, no appeal answered that nobody made, and words come with their moment.
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
  IF OLD."answeredAt" IS NULL AND NEW."answeredAt" IS NOT NULL AND OLD."appealedAt" IS NULL THEN
    RAISE EXCEPTION 'nobody appealed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF LEAST(NEW."confirmedAt", NEW."overturnedAt", NEW."appealedAt", NEW."answeredAt") < NEW."at" - interval '1 hour' THEN
    RAISE EXCEPTION 'nothing is said to what is not decided yet' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Words are never others, and go with whoever they are about (forgetWords in following.store.ts), or with the answer that is taken back.
  FOREACH part IN ARRAY ARRAY['fact', 'appeal', 'answer'] LOOP
    CONTINUE WHEN becomes -> part IS NOT DISTINCT FROM was -> part OR (part = 'answer' AND 'answered' = ANY("undone"))
      OR (part = 'appeal' AND was ->> part IS NULL AND OLD."appealedAt" IS NULL AND NEW."appealedAt" IS NOT NULL)
      OR (part = 'answer' AND was ->> part IS NULL AND OLD."answeredAt" IS NULL AND NEW."answeredAt" IS NOT NULL);
    IF COALESCE(becomes ->> part, '') <> '' OR EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId") THEN
      RAISE EXCEPTION 'words of a decision stay: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

-- As before; a case with a decision is never deleted by the site's job, however long it is closed.
CREATE OR REPLACE FUNCTION "audit_desk_delete"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'DeskCase' THEN
    IF OLD."state" <> 'closed' OR OLD."sealedAt" IS NOT NULL OR EXISTS (SELECT FROM "DeskDecision" WHERE "caseId" = OLD."id") THEN
      INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") VALUES (now(), 'delete-case', OLD."id", OLD."personId");
    END IF;
  ELSIF OLD."overturnedAt" IS NULL AND (OLD."at" > now() - interval '2 years'
    OR (OLD."act" IN ('ban', 'age') AND EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId"))) THEN
    INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId", "decisionId")
    VALUES (now(), 'delete-decision', OLD."caseId", OLD."personId", OLD."id");
  END IF;
  RETURN NULL;
END $$;

-- Whom a case is about a moderator may say anew (naming.store.ts), and not once it is sealed or something holds.
CREATE FUNCTION "guard_case"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  IF ROW(NEW."id", NEW."kind", NEW."thing", NEW."openedAt") IS DISTINCT FROM ROW(OLD."id", OLD."kind", OLD."thing", OLD."openedAt")
    OR (OLD."personId" IS NOT NULL AND NEW."personId" IS DISTINCT FROM OLD."personId" AND (OLD."sealedAt" IS NOT NULL
      OR EXISTS (SELECT FROM "DeskDecision" WHERE "caseId" = OLD."id" AND "overturnedAt" IS NULL))) THEN
    RAISE EXCEPTION 'what a case is about stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "DeskCase_guard" BEFORE UPDATE OF "id", "kind", "thing", "openedAt", "personId" ON "DeskCase"
  FOR EACH ROW EXECUTE FUNCTION "guard_case"();

CREATE FUNCTION "audit_desk_person"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId")
  SELECT now(), w."act", NEW."id", w."personId" FROM (VALUES ('person-before', OLD."personId"), ('person-now', NEW."personId")) AS w("act", "personId")
  WHERE w."personId" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskCase_audit_person" AFTER UPDATE OF "personId" ON "DeskCase"
  FOR EACH ROW WHEN (NEW."personId" IS DISTINCT FROM OLD."personId") EXECUTE FUNCTION "audit_desk_person"();

-- What somebody told stays as they told it, and how it stood then as it was frozen. Of what nobody who is here reported, the
-- person may be said anew until it is decided, and is frozen then.
CREATE FUNCTION "guard_report"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "nameless" boolean := OLD."reporterId" IS NULL AND OLD."decidedAt" IS NULL AND (OLD."kind" = 'outside' OR OLD."thing" LIKE 'signal:banned:%');
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_OP = 'DELETE' THEN
    -- The site's job takes none of these (mayGo in reports.store.ts).
    IF OLD."decidedAt" IS NOT NULL
      AND NOT EXISTS (SELECT FROM "DeskCase" WHERE "id" = OLD."caseId" AND ("state" <> 'closed' OR "sealedAt" IS NOT NULL))
      AND NOT EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId" AND "heldAt" IS NOT NULL) THEN RETURN OLD; END IF;
  ELSIF ROW(NEW."id", NEW."reporterId", NEW."kind", NEW."about", NEW."thing", NEW."reason", NEW."caseId", NEW."text", NEW."contactEmail", NEW."involvesMinor", NEW."at")
      IS NOT DISTINCT FROM ROW(OLD."id", OLD."reporterId", OLD."kind", OLD."about", OLD."thing", OLD."reason", OLD."caseId", OLD."text", OLD."contactEmail", OLD."involvesMinor", OLD."at")
    AND (NEW."personId" IS NOT DISTINCT FROM OLD."personId" OR "nameless")
    AND (OLD."evidence" IS NULL OR NEW."evidence" IS NOT DISTINCT FROM OLD."evidence" OR ("nameless" AND NEW."evidence" IS NULL)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what was reported stays' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "Report_guard" BEFORE UPDATE OR DELETE ON "Report" FOR EACH ROW EXECUTE FUNCTION "guard_report"();

CREATE FUNCTION "audit_report"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId")
  VALUES (now(), CASE TG_OP WHEN 'DELETE' THEN 'delete-report' ELSE 'evidence-anew' END, OLD."caseId", OLD."personId");
  RETURN NULL;
END $$;
-- What was frozen of whoever it was about before; "{}" was nothing.
CREATE TRIGGER "Report_audit" AFTER UPDATE OF "evidence" ON "Report" FOR EACH ROW
  WHEN (OLD."evidence" <> '{}' AND NEW."evidence" IS DISTINCT FROM OLD."evidence") EXECUTE FUNCTION "audit_report"();
-- Evidence is kept for 180 days (policy.ts of safety).
CREATE TRIGGER "Report_audit_delete" AFTER DELETE ON "Report" FOR EACH ROW
  WHEN (COALESCE(OLD."decidedAt" > now() - interval '180 days', TRUE)) EXECUTE FUNCTION "audit_report"();

-- By what a ban finds whoever comes back: the site forgets it once the ban is over, or its time.
CREATE FUNCTION "audit_forgotten_ban"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId")
  SELECT DISTINCT now(), 'forget-ban', d."caseId", d."personId" FROM gone JOIN "DeskDecision" d ON d."caseId" = gone."caseId"
  WHERE gone."until" > now() AND d."overturnedAt" IS NULL AND (d."act" = 'ban' OR (d."act" = 'age' AND d."dateOfBirth" IS NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER "BannedTrace_audit_delete" AFTER DELETE ON "BannedTrace" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_forgotten_ban"();
