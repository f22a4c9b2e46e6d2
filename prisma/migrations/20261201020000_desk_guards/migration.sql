-- AlterTable
ALTER TABLE "DeskAudit" ADD COLUMN     "writtenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "DeskAudit_writtenAt_idx" ON "DeskAudit"("writtenAt");

-- "at" is the site's word, and a thief with the site's role could date it back to have a row pruned.
CREATE FUNCTION "date_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT "is_owner"(TG_RELID) THEN NEW."writtenAt" := clock_timestamp(); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "DeskAudit_dated" BEFORE INSERT ON "DeskAudit" FOR EACH ROW EXECUTE FUNCTION "date_audit"();

CREATE OR REPLACE FUNCTION "prune_desk_audit"("most" int) RETURNS int LANGUAGE sql SECURITY DEFINER AS $$
  WITH gone AS (
    DELETE FROM "DeskAudit" WHERE "id" = ANY(ARRAY(
      SELECT "id" FROM "DeskAudit" WHERE "writtenAt" < now() - interval '2 years' ORDER BY "writtenAt" LIMIT "most"))
    RETURNING 1)
  SELECT count(*)::int FROM gone
$$;
-- bin/lib/stores/roles.mjs gives it to the role of the site.
REVOKE EXECUTE ON FUNCTION "prune_desk_audit"(int) FROM PUBLIC;

-- What is decided comes from staff, about whoever is no staff, and says nothing yet of a second person.
-- Whoever it is about may be gone in the moment in which it is written.
CREATE FUNCTION "guard_new_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  IF EXISTS (SELECT FROM "User" WHERE "id" = NEW."decidedBy" AND "role" <> 'member')
    AND NOT EXISTS (SELECT FROM "User" WHERE "id" = NEW."personId" AND "role" <> 'member')
    AND EXISTS (SELECT FROM "DeskCase" WHERE "id" = NEW."caseId")
    AND (NEW."act" NOT IN ('ban', 'age') OR NEW."needsSecond")
    AND num_nonnulls(NEW."confirmedAt", NEW."confirmedBy", NEW."overturnedAt", NEW."overturnedBy",
                     NEW."appealedAt", NEW."appeal", NEW."answeredAt", NEW."answeredBy") = 0
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'no such decision is made at the desk' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "DeskDecision_guard_insert" BEFORE INSERT ON "DeskDecision" FOR EACH ROW EXECUTE FUNCTION "guard_new_decision"();

-- As JSON: "answer" is a column only from the next migration on.
CREATE FUNCTION "guard_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  part text;
BEGIN
  IF "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  FOREACH part IN ARRAY ARRAY['id', 'caseId', 'personId', 'act', 'reason', 'untilAt', 'dateOfBirth', 'bornBefore', 'decidedBy', 'at', 'needsSecond'] LOOP
    IF becomes -> part IS DISTINCT FROM was -> part THEN
      RAISE EXCEPTION 'what was decided stays: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  -- Each is said once, by staff. Only the owner says it without a name, on the server.
  FOREACH part IN ARRAY ARRAY['confirmed', 'overturned', 'answered'] LOOP
    CONTINUE WHEN ROW(becomes -> (part || 'At'), becomes -> (part || 'By')) IS NOT DISTINCT FROM ROW(was -> (part || 'At'), was -> (part || 'By'));
    IF was ->> (part || 'At') IS NOT NULL OR becomes ->> (part || 'At') IS NULL
      OR NOT EXISTS (SELECT FROM "User" WHERE "id" = (becomes ->> (part || 'By'))::uuid AND "role" <> 'member') THEN
      RAISE EXCEPTION 'a word of staff is said once, by name: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  IF OLD."appealedAt" IS NOT NULL AND NEW."appealedAt" IS DISTINCT FROM OLD."appealedAt" THEN
    RAISE EXCEPTION 'an appeal is made once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Words are never others, and go with whoever they are about (forgetWords in following.store.ts).
  FOREACH part IN ARRAY ARRAY['fact', 'appeal', 'answer'] LOOP
    CONTINUE WHEN becomes -> part IS NOT DISTINCT FROM was -> part OR (part <> 'fact' AND was ->> part IS NULL);
    IF COALESCE(becomes ->> part, '') <> '' OR EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId") THEN
      RAISE EXCEPTION 'words of a decision stay: %', part USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER "DeskDecision_guard_update" BEFORE UPDATE ON "DeskDecision" FOR EACH ROW EXECUTE FUNCTION "guard_decision"();

-- What goes in its time is no act: the site's job takes nothing else (prune in following.store.ts and waiting.store.ts).
CREATE FUNCTION "audit_desk_delete"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'DeskCase' THEN
    IF OLD."state" <> 'closed' OR OLD."sealedAt" IS NOT NULL THEN
      INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") VALUES (now(), 'delete-case', OLD."id", OLD."personId");
    END IF;
  ELSIF OLD."overturnedAt" IS NULL AND (OLD."at" > now() - interval '2 years'
    OR (OLD."act" IN ('ban', 'age') AND EXISTS (SELECT FROM "User" WHERE "id" = OLD."personId"))) THEN
    INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId", "decisionId")
    VALUES (now(), 'delete-decision', OLD."caseId", OLD."personId", OLD."id");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "DeskCase_audit_delete" AFTER DELETE ON "DeskCase" FOR EACH ROW EXECUTE FUNCTION "audit_desk_delete"();
CREATE TRIGGER "DeskDecision_audit_delete" AFTER DELETE ON "DeskDecision" FOR EACH ROW EXECUTE FUNCTION "audit_desk_delete"();

CREATE OR REPLACE FUNCTION "audit_desk_case"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."heldBy" IS NOT NULL OR NEW."heldUntil" IS NOT NULL)
    AND ROW(NEW."heldBy", NEW."heldUntil") IS DISTINCT FROM ROW(OLD."heldBy", OLD."heldUntil") THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (CASE WHEN NEW."heldUntil" IS DISTINCT FROM OLD."heldUntil" THEN COALESCE(NEW."heldUntil" - interval '20 minutes', now()) ELSE now() END,
            NEW."heldBy", 'take', NEW."id", NEW."personId");
  END IF;
  IF NEW."sealedAt" IS DISTINCT FROM OLD."sealedAt" THEN
    INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
    VALUES (COALESCE(NEW."sealedAt", now()), NEW."sealedBy", 'seal', NEW."id", NEW."personId");
  END IF;
  -- Nobody's name: the row of the decision that moved it says whose act it was.
  IF NEW."state" <> OLD."state" THEN
    INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") VALUES (now(), 'state-' || NEW."state", NEW."id", NEW."personId");
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "guard_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW."role" = 'member' AND NEW."heldAt" IS NULL) OR "is_owner"(TG_RELID) THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD."heldAt" IS NULL OR "is_owner"(TG_RELID) THEN RETURN OLD; END IF;
  ELSIF (NEW."role" = OLD."role" AND NEW."heldAt" IS NOT DISTINCT FROM OLD."heldAt") OR "is_owner"(TG_RELID) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'only the owner of the tables may' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "User_guard_delete" BEFORE DELETE ON "User" FOR EACH ROW EXECUTE FUNCTION "guard_user"();

-- Whoever calls them has a search_path of their own, and could put other things under these names.
ALTER FUNCTION "is_owner"(oid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "guard_user"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "audit_user"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "guard_audit"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "date_audit"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "audit_desk_case"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "audit_desk_decision"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "audit_desk_delete"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "guard_new_decision"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "guard_decision"() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION "prune_desk_audit"(int) SET search_path = pg_catalog, public, pg_temp;
