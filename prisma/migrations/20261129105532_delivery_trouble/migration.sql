-- CreateEnum
CREATE TYPE "DeliveryTrouble" AS ENUM ('refused', 'opted_out', 'no_route', 'asked_to_wait', 'ours');

-- AlterTable
ALTER TABLE "RegistrationOtp" ADD COLUMN     "codeBefore" JSONB,
ADD COLUMN     "codeSend" SMALLINT,
ADD COLUMN     "trouble" "DeliveryTrouble";

-- AlterTable
ALTER TABLE "PasswordResetOtp" ADD COLUMN     "codeBefore" JSONB,
ADD COLUMN     "codeSend" SMALLINT,
ADD COLUMN     "trouble" "DeliveryTrouble";

-- AlterTable
ALTER TABLE "ContactChangeOtp" ADD COLUMN     "codeBefore" JSONB,
ADD COLUMN     "codeSend" SMALLINT,
ADD COLUMN     "trouble" "DeliveryTrouble";
