-- AlterTable
ALTER TABLE "User" ADD COLUMN     "presence" BOOLEAN,
ADD COLUMN     "receipts" BOOLEAN;

-- AlterTable
ALTER TABLE "Participation" ADD COLUMN     "draft" TEXT,
ADD COLUMN     "readChange" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "corrects" INTEGER,
ADD COLUMN     "correctsEdit" INTEGER,
ADD COLUMN     "edits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "isChanged" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "note" TEXT;

-- CreateTable
CREATE TABLE "MessageVersion" (
    "conversationId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "edit" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageVersion_pkey" PRIMARY KEY ("conversationId","seq","edit")
) PARTITION BY HASH ("conversationId");

-- CreateTable
CREATE TABLE "MessageReaction" (
    "conversationId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "userId" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageReaction_pkey" PRIMARY KEY ("conversationId","seq","userId")
) PARTITION BY HASH ("conversationId");

-- CreateTable
CREATE TABLE "KeptMessage" (
    "userId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeptMessage_pkey" PRIMARY KEY ("userId","conversationId","seq")
) PARTITION BY HASH ("userId");

-- As many as of Message, those of one conversation under one number.
DO $$ BEGIN
  FOR n IN 0..7 LOOP
    EXECUTE format('CREATE TABLE "MessageVersion_%s" PARTITION OF "MessageVersion" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
    EXECUTE format('CREATE TABLE "MessageReaction_%s" PARTITION OF "MessageReaction" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
    EXECUTE format('CREATE TABLE "KeptMessage_%s" PARTITION OF "KeptMessage" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
  END LOOP;
END $$;

ALTER TABLE "Message" ADD CONSTRAINT "Message_note_length" CHECK (length("note") <= 3000);
ALTER TABLE "MessageVersion" ADD CONSTRAINT "MessageVersion_text_length" CHECK (length("text") <= 60000);
ALTER TABLE "MessageReaction" ADD CONSTRAINT "MessageReaction_emoji_length" CHECK (length("emoji") BETWEEN 1 AND 40);
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_draft_length" CHECK (length("draft") <= 60000);

-- Few messages change, answer or correct: whoever catches up finds those few, and sending writes no further index.
CREATE INDEX "Message_changed_idx" ON "Message" ("conversationId", "change") WHERE "isChanged";
CREATE INDEX "Message_answers_idx" ON "Message" ("conversationId", "answers") WHERE "answers" IS NOT NULL;
CREATE INDEX "Message_corrects_idx" ON "Message" ("conversationId", "corrects") WHERE "corrects" IS NOT NULL;

CREATE FUNCTION "note_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."isChanged" := TRUE;
  RETURN NEW;
END $$;
CREATE TRIGGER "Message_note_change" BEFORE UPDATE ON "Message" FOR EACH ROW
  WHEN (OLD."change" IS DISTINCT FROM NEW."change") EXECUTE FUNCTION "note_change"();
UPDATE "Message" SET "isChanged" = TRUE WHERE "deletedAt" IS NOT NULL OR "removedAt" IS NOT NULL OR "authorId" IS NULL;
