-- AlterTable
ALTER TABLE "User" ADD COLUMN     "timeZone" TEXT;

-- CreateTable
CREATE TABLE "LanguagePair" (
    "userId" UUID NOT NULL,
    "speaks" TEXT NOT NULL,
    "learns" TEXT NOT NULL,
    "dormant" BOOLEAN NOT NULL,
    "level" "LanguageLevel",
    "band" "AgeBand" NOT NULL,
    "place" BIGINT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LanguagePair_pkey" PRIMARY KEY ("userId","speaks","learns","dormant")
);

-- CreateTable
CREATE TABLE "PersonActivity" (
    "userId" UUID NOT NULL,
    "activeAt" TIMESTAMPTZ(3) NOT NULL,
    "activeBefore" TIMESTAMPTZ(3),
    "utcOffset" SMALLINT,
    "shownOn" DATE,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "shownBefore" INTEGER NOT NULL DEFAULT 0,
    "countedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PersonActivity_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "PersonActivity_activeAt_idx" ON "PersonActivity"("activeAt");

-- A look at a list walks along this and reads nothing else of the table.
CREATE INDEX "LanguagePair_ring_idx" ON "LanguagePair" ("speaks", "learns", "band", "dormant", "place")
  INCLUDE ("userId", "level", "from", "until");
CREATE INDEX "LanguagePair_over_idx" ON "LanguagePair" ("until") WHERE "until" < 'infinity';

-- policy.ts: minutes from UTC-12 to UTC+14
ALTER TABLE "PersonActivity" ADD CONSTRAINT "PersonActivity_utcOffset_range" CHECK ("utcOffset" BETWEEN -720 AND 840);
ALTER TABLE "PersonActivity" ADD CONSTRAINT "PersonActivity_shown_range" CHECK ("shown" >= 0 AND "shownBefore" >= 0);
ALTER TABLE "User" ADD CONSTRAINT "User_timeZone_length" CHECK (length("timeZone") BETWEEN 3 AND 64);

-- The last bits of an id are random (RFC 9562, 5.7).
CREATE FUNCTION "place_in_ring"(person uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('x' || right(replace(person::text, '-', ''), 15))::bit(60)::bigint;

-- A superset of what may be shown: who may see whom is asked whenever somebody looks.
CREATE FUNCTION "index_language_pairs"(people uuid[]) RETURNS void LANGUAGE sql AS $$
  WITH wanted AS (
    SELECT u."id", n."code" AS "speaks", l."code" AS "learns", l."level", u."band"
    FROM "User" u
    JOIN "UserLanguage" n ON n."userId" = u."id" AND n."role" = 'native'
    JOIN "UserLanguage" l ON l."userId" = u."id" AND l."role" = 'learning'
    WHERE u."id" = ANY(people) AND u."visibility" = 'members' AND u."findable" IS DISTINCT FROM 'nobody'
      AND u."bannedAt" IS NULL AND u."purgeAt" IS NULL
  ), gone AS (
    DELETE FROM "LanguagePair" p WHERE p."userId" = ANY(people) AND NOT EXISTS (
      SELECT FROM wanted w WHERE w."id" = p."userId" AND w."speaks" = p."speaks" AND w."learns" = p."learns")
  ), changed AS (
    UPDATE "LanguagePair" p SET "level" = w."level", "band" = w."band" FROM wanted w
    WHERE w."id" = p."userId" AND w."speaks" = p."speaks" AND w."learns" = p."learns"
      AND (w."level", w."band") IS DISTINCT FROM (p."level", p."band")
  )
  INSERT INTO "LanguagePair" ("userId", "speaks", "learns", "dormant", "level", "band", "place", "from", "until")
  SELECT w."id", w."speaks", w."learns",
    EXISTS (SELECT FROM "LanguagePair" p WHERE p."userId" = w."id" AND p."dormant" AND p."until" = 'infinity'),
    w."level", w."band", "place_in_ring"(w."id"), '-infinity', 'infinity'
  FROM wanted w
  WHERE NOT EXISTS (
    SELECT FROM "LanguagePair" p
    WHERE p."userId" = w."id" AND p."speaks" = w."speaks" AND p."learns" = w."learns")
  ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION "index_changed_languages"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM "index_language_pairs"(ARRAY(SELECT DISTINCT "userId" FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER "UserLanguage_index_insert" AFTER INSERT ON "UserLanguage"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "index_changed_languages"();
CREATE TRIGGER "UserLanguage_index_update" AFTER UPDATE ON "UserLanguage"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "index_changed_languages"();
CREATE TRIGGER "UserLanguage_index_delete" AFTER DELETE ON "UserLanguage"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "index_changed_languages"();

CREATE FUNCTION "index_changed_person"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM "index_language_pairs"(ARRAY[NEW."id"]);
  RETURN NULL;
END $$;
CREATE TRIGGER "User_index" AFTER UPDATE ON "User" FOR EACH ROW
  WHEN ((NEW."visibility", NEW."findable", NEW."band", NEW."bannedAt" IS NULL, NEW."purgeAt" IS NULL)
    IS DISTINCT FROM (OLD."visibility", OLD."findable", OLD."band", OLD."bannedAt" IS NULL, OLD."purgeAt" IS NULL))
  EXECUTE FUNCTION "index_changed_person"();

INSERT INTO "PersonActivity" ("userId", "activeAt") SELECT "id", "createdAt" FROM "User";
SELECT "index_language_pairs"(ARRAY(SELECT "id" FROM "User"));
