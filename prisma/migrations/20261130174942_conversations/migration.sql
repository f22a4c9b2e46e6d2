-- AlterTable
ALTER TABLE "User" ADD COLUMN     "keepsMessages" BOOLEAN NOT NULL DEFAULT false;

-- CreateEnum
CREATE TYPE "ConversationState" AS ENUM ('requested', 'accepted', 'withdrawn', 'ended');

-- CreateEnum
CREATE TYPE "ChatList" AS ENUM ('chats', 'requests', 'archived', 'none');

-- CreateTable
CREATE TABLE "Conversation" (
    "id" UUID NOT NULL,
    "lowId" UUID,
    "highId" UUID,
    "state" "ConversationState" NOT NULL,
    "askedBy" UUID,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),
    "heldAt" TIMESTAMPTZ(3),
    "lastSeq" INTEGER NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "lastChange" INTEGER NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
) PARTITION BY HASH ("id");

-- CreateTable
CREATE TABLE "Participation" (
    "userId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "otherId" UUID,
    "list" "ChatList" NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "readSeq" INTEGER NOT NULL DEFAULT 0,
    "mutedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Participation_pkey" PRIMARY KEY ("userId","conversationId")
) PARTITION BY HASH ("userId");

-- CreateTable
CREATE TABLE "Message" (
    "conversationId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "authorId" UUID,
    "clientId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "heldBack" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "change" INTEGER NOT NULL,
    "answers" INTEGER,
    "editedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Message_pkey" PRIMARY KEY ("conversationId","seq")
) PARTITION BY HASH ("conversationId");

-- CreateTable
CREATE TABLE "FirstHello" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "words" TEXT NOT NULL,
    "devices" TEXT[],
    "network" TEXT NOT NULL,

    CONSTRAINT "FirstHello_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeclinedHello" (
    "id" UUID NOT NULL,
    "askedBy" UUID NOT NULL,
    "declinedBy" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeclinedHello_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Participation_userId_list_lastAt_conversationId_idx" ON "Participation"("userId", "list", "lastAt", "conversationId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_conversationId_authorId_clientId_key" ON "Message"("conversationId", "authorId", "clientId");

-- CreateIndex
CREATE INDEX "FirstHello_userId_at_idx" ON "FirstHello"("userId", "at");

-- CreateIndex
CREATE INDEX "FirstHello_words_at_idx" ON "FirstHello"("words", "at");

-- CreateIndex
CREATE INDEX "FirstHello_at_idx" ON "FirstHello"("at");

-- CreateIndex
CREATE INDEX "DeclinedHello_askedBy_at_idx" ON "DeclinedHello"("askedBy", "at");

-- CreateIndex
CREATE INDEX "DeclinedHello_at_idx" ON "DeclinedHello"("at");

-- Eight of each, those of one conversation under one number (docs/decisions).
DO $$ BEGIN
  FOR n IN 0..7 LOOP
    EXECUTE format('CREATE TABLE "Conversation_%s" PARTITION OF "Conversation" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
    EXECUTE format('CREATE TABLE "Message_%s" PARTITION OF "Message" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
    EXECUTE format('CREATE TABLE "Participation_%s" PARTITION OF "Participation" FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n);
  END LOOP;
END $$;

ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_in_order" CHECK ("lowId" < "highId");
ALTER TABLE "Message" ADD CONSTRAINT "Message_text_length" CHECK (length("text") <= 60000);
ALTER TABLE "Message" ADD CONSTRAINT "Message_numbered" CHECK ("seq" >= 1);

-- Words that wait for their end: hardly any message is deleted.
CREATE INDEX "Message_deleted_idx" ON "Message" ("deletedAt") WHERE "deletedAt" IS NOT NULL AND "text" <> '';
-- What waits for the desk: hardly any hello does.
CREATE INDEX "Conversation_held_idx" ON "Conversation" ("heldAt") WHERE "heldAt" IS NOT NULL;

-- A pair of people has one: the first 128 bits of SHA-256 over both ids as a UUID of version 8 (RFC 9562, 5.8).
CREATE FUNCTION "conversation_id"(one uuid, another uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT encode(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128), 8, get_byte(hash, 8) & 63 | 128), 'hex')::uuid
  FROM (SELECT substring(sha256(uuid_send(LEAST(one, another)) || uuid_send(GREATEST(one, another))) FROM 1 FOR 16)) AS pair(hash)
);

-- A block ends what the two began, whoever writes it: each statement here sees what was committed before the pair was locked.
CREATE FUNCTION "end_conversation"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE talk uuid := "conversation_id"(NEW."blockerId", NEW."blockedId");
BEGIN
  PERFORM pg_advisory_xact_lock("pair_key"(NEW."blockerId", NEW."blockedId"));
  DELETE FROM "Partner" WHERE "lowId" = LEAST(NEW."blockerId", NEW."blockedId")
    AND "highId" = GREATEST(NEW."blockerId", NEW."blockedId");
  UPDATE "Conversation" SET "state" = 'ended' WHERE "id" = talk AND "state" IN ('requested', 'accepted');
  -- Whoever was reached by a hello finds it among their chats, from where they may report it for thirty days.
  UPDATE "Participation" p SET "list" = 'chats' FROM "Conversation" c
  WHERE c."id" = talk AND p."conversationId" = talk AND p."userId" IN (NEW."blockerId", NEW."blockedId")
    AND (p."list" = 'requests' OR (p."list" = 'none' AND c."askedBy" <> p."userId" AND c."heldAt" IS NULL
      AND c."lastAt" > NEW."at" - interval '30 days'));
  RETURN NULL;
END $$;
CREATE TRIGGER "Block_ends_conversation" AFTER INSERT ON "Block" FOR EACH ROW EXECUTE FUNCTION "end_conversation"();
