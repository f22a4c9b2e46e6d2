-- The desk counts who reported somebody, from this index alone.
DROP INDEX "Report_open_idx";
CREATE INDEX "Report_open_idx" ON "Report" ("personId", "reporterId") WHERE "decidedAt" IS NULL;
-- Few are held.
CREATE INDEX "DeskCase_held_idx" ON "DeskCase" ("heldBy") WHERE "heldBy" IS NOT NULL;

-- Nobody holds more than five at once (policy.ts), however many they take at the same moment. VOLATILE, so that what is read
-- after the wait is what holds after the wait.
CREATE FUNCTION "bound_desk_holds"() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock("pair_key"(NEW."heldBy", NEW."heldBy"));
  IF (SELECT count(*) FROM "DeskCase" c WHERE c."heldBy" = NEW."heldBy" AND c."id" <> NEW."id"
        AND c."heldUntil" > NEW."heldUntil" - interval '20 minutes') >= 5 THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "DeskCase_holds" BEFORE UPDATE OF "heldUntil" ON "DeskCase"
  FOR EACH ROW WHEN (NEW."heldBy" IS NOT NULL AND NEW."heldUntil" IS DISTINCT FROM OLD."heldUntil") EXECUTE FUNCTION "bound_desk_holds"();
