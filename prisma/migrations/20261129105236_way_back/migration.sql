-- AlterEnum
ALTER TYPE "SecurityEventKind" ADD VALUE 'contact_removed';

-- DropForeignKey
ALTER TABLE "PasswordResetOtp" DROP CONSTRAINT "PasswordResetOtp_userId_fkey";

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "passwordRevokedAt" TIMESTAMPTZ(3),
ADD COLUMN     "recoveredAt" TIMESTAMPTZ(3),
ADD COLUMN     "recoveredBy" "Channel",
ADD COLUMN     "recoveryVersion" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ContactUndo" ADD COLUMN     "hasLink" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "oldVerifiedAt" TIMESTAMPTZ(3),
ALTER COLUMN "newKey" DROP NOT NULL;

-- What was proved under an older version was worthless before there was this column, and stays so.
UPDATE "User" SET "recoveryVersion" = "securityVersion" WHERE "securityVersion" <> 0;
