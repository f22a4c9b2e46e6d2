-- Whoever the desk corrected stayed in their old band for their partners: the job that moves people (bands.store.ts) looks at
-- those alone who are growing up. As it does, but in both directions: from whom it parts them, and with whom it brings them
-- together again. The younger one is told, and other features hear of it (facts.ts).
CREATE FUNCTION "move_band"("personId" uuid, "moment" timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE "User" u SET "band" = "age_band"(u."dateOfBirth", "moment")
  WHERE u."id" = "personId" AND u."band" <> "age_band"(u."dateOfBirth", "moment");
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO "RecordedEvent" ("name", "userId", "ids", "at")
  VALUES ('safety.bandChanged', "personId", jsonb_build_object('userId', "personId"), "moment");
  -- In one order, as the job takes them.
  PERFORM FROM "Partner" p WHERE "personId" IN (p."lowId", p."highId") ORDER BY p."lowId", p."highId" FOR UPDATE;
  UPDATE "Partner" p SET "toldAt" = NULL, "partedAt" = CASE
    WHEN "age_band"(low."dateOfBirth", "moment") <> "age_band"(high."dateOfBirth", "moment") THEN "moment" END
  FROM "User" low, "User" high
  WHERE "personId" IN (p."lowId", p."highId") AND low."id" = p."lowId" AND high."id" = p."highId";
END $$;

-- As before; a date of birth that changes moves its person into another band in the same statement.
CREATE OR REPLACE FUNCTION "apply_desk_decision"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  banned timestamptz;
  suspended timestamptz;
  limited timestamptz;
  "isUnderAge" boolean := NEW."act" = 'age' AND NEW."dateOfBirth" IS NULL;
  "ends" timestamptz;
  "now" timestamptz := GREATEST(NEW."at", NEW."confirmedAt", NEW."overturnedAt", NEW."answeredAt");
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
