-- CreateEnum
CREATE TYPE "ReportReason" AS ENUM ('dating', 'insult', 'money', 'impersonation', 'under-13', 'minor', 'sexual', 'violent', 'self-harm', 'other');

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "reporterId" UUID,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "thing" TEXT NOT NULL,
    "personId" UUID,
    "reason" "ReportReason" NOT NULL,
    "text" TEXT NOT NULL,
    "contactEmail" TEXT,
    "involvesMinor" BOOLEAN NOT NULL,
    "evidence" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "noticeSentAt" TIMESTAMPTZ(3),
    "receiptSentAt" TIMESTAMPTZ(3),
    "decisionSentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvidenceFile" (
    "mediaKey" TEXT NOT NULL,
    "reportId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EvidenceFile_pkey" PRIMARY KEY ("mediaKey")
);

-- CreateTable
CREATE TABLE "SealedWords" (
    "id" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "thing" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SealedWords_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Report_reporterId_at_idx" ON "Report"("reporterId", "at");

-- CreateIndex
CREATE INDEX "Report_personId_idx" ON "Report"("personId");

-- CreateIndex
CREATE INDEX "EvidenceFile_reportId_idx" ON "EvidenceFile"("reportId");

-- CreateIndex
CREATE INDEX "EvidenceFile_at_idx" ON "EvidenceFile"("at");

-- CreateIndex
CREATE INDEX "SealedWords_thing_idx" ON "SealedWords"("thing");

-- CreateIndex
CREATE INDEX "SealedWords_at_idx" ON "SealedWords"("at");

-- policy.ts: 500 characters of at most 15 units; an address of a page
ALTER TABLE "Report" ADD CONSTRAINT "Report_text_length" CHECK (length("text") <= 7500);
ALTER TABLE "Report" ADD CONSTRAINT "Report_about_length" CHECK (length("about") BETWEEN 1 AND 200);
ALTER TABLE "Report" ADD CONSTRAINT "Report_kind_shape" CHECK ("kind" ~ '^[a-z]{1,20}$');
ALTER TABLE "Report" ADD CONSTRAINT "Report_of_somebody_else" CHECK ("reporterId" <> "personId");
-- Messages have at most 4,000 characters.
ALTER TABLE "SealedWords" ADD CONSTRAINT "SealedWords_text_length" CHECK (length("text") BETWEEN 1 AND 60000);

-- A second press says nothing new.
CREATE UNIQUE INDEX "Report_open_once"
  ON "Report" ("reporterId", "thing", "reason", md5("text"), "contactEmail") NULLS NOT DISTINCT WHERE "decidedAt" IS NULL;
-- Few are open, or have somebody to tell.
CREATE INDEX "Report_open_idx" ON "Report" ("personId") WHERE "decidedAt" IS NULL;
CREATE INDEX "Report_untold_idx" ON "Report" ("at")
  WHERE "noticeSentAt" IS NULL OR "receiptSentAt" IS NULL OR ("decidedAt" IS NOT NULL AND "decisionSentAt" IS NULL);
CREATE INDEX "Report_ended_idx" ON "Report" ("decidedAt") WHERE "decidedAt" IS NOT NULL;
