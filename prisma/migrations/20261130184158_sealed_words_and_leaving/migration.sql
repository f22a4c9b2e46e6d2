-- AlterTable
ALTER TABLE "Participation" ADD COLUMN     "leftAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SealedWords" DROP COLUMN "authorId";
