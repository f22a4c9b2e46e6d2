-- CreateEnum
CREATE TYPE "AgeBand" AS ENUM ('under-16', '16-17', '18-over');

-- CreateEnum
CREATE TYPE "FindableBy" AS ENUM ('band', 'matches', 'nobody');

-- CreateEnum
CREATE TYPE "WhoMayWrite" AS ENUM ('band', 'matches', 'nobody');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "band" "AgeBand" NOT NULL DEFAULT 'under-16',
ADD COLUMN     "bannedAt" TIMESTAMPTZ(3),
ADD COLUMN     "findable" "FindableBy",
ADD COLUMN     "suspendedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "whoMayWrite" "WhoMayWrite";

-- CreateTable
CREATE TABLE "Block" (
    "blockerId" UUID NOT NULL,
    "blockedId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Block_pkey" PRIMARY KEY ("blockerId","blockedId")
);

-- CreateTable
CREATE TABLE "HiddenPerson" (
    "hiderId" UUID NOT NULL,
    "hiddenId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HiddenPerson_pkey" PRIMARY KEY ("hiderId","hiddenId")
);

-- CreateTable
CREATE TABLE "Partner" (
    "lowId" UUID NOT NULL,
    "highId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("lowId","highId")
);

-- CreateIndex
CREATE INDEX "Block_blockedId_idx" ON "Block"("blockedId");

-- CreateIndex
CREATE INDEX "HiddenPerson_hiddenId_idx" ON "HiddenPerson"("hiddenId");

-- CreateIndex
CREATE INDEX "Partner_highId_idx" ON "Partner"("highId");

-- Nobody counts as older before they are everywhere: by the date in UTC-12. Somebody born on 29 February, on 1 March.
CREATE FUNCTION "age_band"(born date, moment timestamptz) RETURNS "AgeBand" LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN born <= ((moment AT TIME ZONE 'UTC') - interval '12 hours')::date - interval '18 years' THEN '18-over'::"AgeBand"
  WHEN born <= ((moment AT TIME ZONE 'UTC') - interval '12 hours')::date - interval '16 years' THEN '16-17'::"AgeBand"
  ELSE 'under-16'::"AgeBand"
END;

UPDATE "User" SET "band" = "age_band"("dateOfBirth", now());

-- The release before writes rows without a word of it.
CREATE FUNCTION "set_age_band"() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW."band" := "age_band"(NEW."dateOfBirth", NEW."createdAt"); RETURN NEW; END $$;
CREATE TRIGGER "User_age_band" BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION "set_age_band"();

-- Who may come into another band: hardly anybody who is grown up.
CREATE INDEX "User_minors_idx" ON "User" ("dateOfBirth") WHERE "band" <> '18-over';

ALTER TABLE "Block" ADD CONSTRAINT "Block_somebody_else" CHECK ("blockerId" <> "blockedId");
ALTER TABLE "HiddenPerson" ADD CONSTRAINT "HiddenPerson_somebody_else" CHECK ("hiderId" <> "hiddenId");
ALTER TABLE "Partner" ADD CONSTRAINT "Partner_in_order" CHECK ("lowId" < "highId");
