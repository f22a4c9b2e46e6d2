-- Each removal remembers what it took: a second one of the same person lost its words, and giving the first back gave back
-- what the second had taken. Rows of the release before name none, and any gives them back.
ALTER TABLE "Message" ADD COLUMN "removedBy" UUID[];
ALTER TABLE "Picture" ADD COLUMN "takenDownBy" UUID[];

ALTER TABLE "RemovedProfile" ADD COLUMN "removalId" UUID;
-- The first that holds is the one that took the words; sealing took them where there is none.
UPDATE "RemovedProfile" r SET "removalId" = COALESCE(
  (SELECT d."id" FROM "DeskDecision" d WHERE d."personId" = r."userId" AND d."act" = 'remove' AND d."overturnedAt" IS NULL ORDER BY d."at", d."id" LIMIT 1),
  (SELECT c."id" FROM "DeskCase" c WHERE c."personId" = r."userId" AND c."sealedAt" IS NOT NULL ORDER BY c."sealedAt" LIMIT 1),
  r."userId");
ALTER TABLE "RemovedProfile" ALTER COLUMN "removalId" SET NOT NULL;
ALTER TABLE "RemovedProfile" DROP CONSTRAINT "RemovedProfile_pkey", ADD CONSTRAINT "RemovedProfile_pkey" PRIMARY KEY ("userId", "removalId");
