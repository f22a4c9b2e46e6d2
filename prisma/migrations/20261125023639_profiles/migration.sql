-- CreateEnum
CREATE TYPE "ProfileVisibility" AS ENUM ('members', 'nobody');

-- CreateEnum
CREATE TYPE "LanguageLevel" AS ENUM ('A1', 'A2', 'B1', 'B2', 'C1', 'C2');

-- CreateEnum
CREATE TYPE "PictureKind" AS ENUM ('avatar', 'photo');

-- CreateEnum
CREATE TYPE "PictureState" AS ENUM ('processing', 'ready', 'refused');

-- CreateEnum
CREATE TYPE "ExportState" AS ENUM ('queued', 'ready', 'failed');

-- AlterEnum


ALTER TYPE "SecurityEventKind" ADD VALUE 'contact_added';
ALTER TYPE "SecurityEventKind" ADD VALUE 'contact_changed';
ALTER TYPE "SecurityEventKind" ADD VALUE 'contact_change_undone';
ALTER TYPE "SecurityEventKind" ADD VALUE 'export_asked';
ALTER TYPE "SecurityEventKind" ADD VALUE 'leaving_asked';
ALTER TYPE "SecurityEventKind" ADD VALUE 'leaving_cancelled';

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "bio" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "displayName" TEXT,
ADD COLUMN     "languageChanges" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "languagesChangedAt" TIMESTAMPTZ(3),
ADD COLUMN     "leavingAt" TIMESTAMPTZ(3),
ADD COLUMN     "profileVersion" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "purgeAt" TIMESTAMPTZ(3),
ADD COLUMN     "visibility" "ProfileVisibility" NOT NULL DEFAULT 'members';

-- AlterTable
ALTER TABLE "UserLanguage" ADD COLUMN     "level" "LanguageLevel";

-- CreateTable
CREATE TABLE "LanguageChange" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "counted" BOOLEAN NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "LanguageChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UserInterest" (
    "userId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "UserInterest_pkey" PRIMARY KEY ("userId","code")
);

-- CreateTable
CREATE TABLE "Picture" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "PictureKind" NOT NULL,
    "state" "PictureState" NOT NULL DEFAULT 'processing',
    "refusal" TEXT,
    "alt" TEXT NOT NULL DEFAULT '',
    "position" SMALLINT NOT NULL DEFAULT 0,
    "mediaKey" TEXT NOT NULL,
    "incomingKey" TEXT,
    "placeholder" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactChangeOtp" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "destination" TEXT NOT NULL,
    "destinationKey" TEXT NOT NULL,
    "decoy" BOOLEAN NOT NULL,
    "keyId" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "sends" SMALLINT NOT NULL DEFAULT 1,
    "failedSends" SMALLINT NOT NULL DEFAULT 0,
    "nextSendAt" TIMESTAMPTZ(3) NOT NULL,
    "delivery" "Delivery" NOT NULL DEFAULT 'queued',
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "userId" UUID NOT NULL,
    "securityVersion" INTEGER NOT NULL,

    CONSTRAINT "ContactChangeOtp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContactUndo" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "oldDestination" TEXT,
    "oldKey" TEXT,
    "newKey" TEXT NOT NULL,
    "sentChannel" "Channel" NOT NULL,
    "sentTo" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContactUndo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataExport" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "state" "ExportState" NOT NULL DEFAULT 'queued',
    "mediaKey" TEXT,
    "bytes" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DataExport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsernameQuarantine" (
    "usernameKey" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsernameQuarantine_pkey" PRIMARY KEY ("usernameKey")
);

-- CreateIndex
CREATE INDEX "LanguageChange_userId_at_idx" ON "LanguageChange"("userId", "at");

-- CreateIndex
CREATE INDEX "UserInterest_code_idx" ON "UserInterest"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Picture_mediaKey_key" ON "Picture"("mediaKey");

-- CreateIndex
CREATE INDEX "Picture_userId_kind_position_idx" ON "Picture"("userId", "kind", "position");

-- CreateIndex
CREATE INDEX "ContactChangeOtp_destinationKey_idx" ON "ContactChangeOtp"("destinationKey");

-- CreateIndex
CREATE INDEX "ContactChangeOtp_userId_idx" ON "ContactChangeOtp"("userId");

-- CreateIndex
CREATE INDEX "ContactChangeOtp_endsAt_idx" ON "ContactChangeOtp"("endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "ContactUndo_tokenHash_key" ON "ContactUndo"("tokenHash");

-- CreateIndex
CREATE INDEX "ContactUndo_userId_idx" ON "ContactUndo"("userId");

-- CreateIndex
CREATE INDEX "ContactUndo_expiresAt_idx" ON "ContactUndo"("expiresAt");

-- CreateIndex
CREATE INDEX "DataExport_userId_createdAt_idx" ON "DataExport"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "DataExport_expiresAt_idx" ON "DataExport"("expiresAt");

-- CreateIndex
CREATE INDEX "UsernameQuarantine_until_idx" ON "UsernameQuarantine"("until");

-- AddForeignKey
ALTER TABLE "LanguageChange" ADD CONSTRAINT "LanguageChange_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserInterest" ADD CONSTRAINT "UserInterest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactChangeOtp" ADD CONSTRAINT "ContactChangeOtp_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactUndo" ADD CONSTRAINT "ContactUndo_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataExport" ADD CONSTRAINT "DataExport_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The database guards itself; the numbers repeat the features' policies on purpose, as the last fence behind a mistake.
ALTER TABLE "User"
  -- Graphemes are counted in the code; a grapheme of many code points is still bounded here.
  ADD CONSTRAINT "User_displayName_length" CHECK (octet_length("displayName") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "User_bio_length" CHECK (octet_length("bio") <= 10000),
  ADD CONSTRAINT "User_leaving_pair" CHECK (("leavingAt" IS NULL) = ("purgeAt" IS NULL));

ALTER TABLE "UserLanguage"
  ADD CONSTRAINT "UserLanguage_level_of_learning" CHECK ("level" IS NULL OR "role" = 'learning');

ALTER TABLE "UserInterest"
  ADD CONSTRAINT "UserInterest_bounds" CHECK ("position" BETWEEN 0 AND 9 AND "code" ~ '^[a-z-]{2,30}$');

ALTER TABLE "Picture"
  ADD CONSTRAINT "Picture_bounds" CHECK (octet_length("alt") <= 2000 AND octet_length("placeholder") <= 2000),
  ADD CONSTRAINT "Picture_key_shape" CHECK ("mediaKey" ~ '^[A-Za-z0-9_-]{22,64}$');

ALTER TABLE "ContactChangeOtp"
  ADD CONSTRAINT "ContactChangeOtp_attempts_bounds" CHECK ("attempts" BETWEEN 0 AND 5),
  ADD CONSTRAINT "ContactChangeOtp_sends_bounds" CHECK ("failedSends" BETWEEN 0 AND "sends" AND "sends" - "failedSends" BETWEEN 0 AND 6),
  ADD CONSTRAINT "ContactChangeOtp_expiry_order" CHECK ("expiresAt" <= "endsAt" AND "createdAt" <= "endsAt"),
  ADD CONSTRAINT "ContactChangeOtp_reference_shape" CHECK ("reference" ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "ContactChangeOtp_destination_shape" CHECK (
    length("destination") <= 254 AND ("channel" = 'email' OR "destination" ~ '^\+[1-9][0-9]{6,14}$'));
