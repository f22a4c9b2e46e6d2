-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "SecurityEventKind" ADD VALUE 'second_factor_set_up';
ALTER TYPE "SecurityEventKind" ADD VALUE 'second_factor_removed';
ALTER TYPE "SecurityEventKind" ADD VALUE 'recovery_codes_made';
ALTER TYPE "SecurityEventKind" ADD VALUE 'recovery_code_used';
ALTER TYPE "SecurityEventKind" ADD VALUE 'second_step';
ALTER TYPE "SecurityEventKind" ADD VALUE 'second_factor_lost';
ALTER TYPE "SecurityEventKind" ADD VALUE 'second_factor_waited';
ALTER TYPE "SecurityEventKind" ADD VALUE 'second_factor_kept';

-- CreateTable
CREATE TABLE "SecondFactor" (
    "userId" UUID NOT NULL,
    "sealedKey" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "lastStep" INTEGER NOT NULL,
    "setUpAt" TIMESTAMPTZ(3) NOT NULL,
    "wrongCodes" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "wrongCodesOfDevices" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],

    CONSTRAINT "SecondFactor_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "userId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("userId","hash")
);

-- CreateTable
CREATE TABLE "SecondStep" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "securityVersion" INTEGER NOT NULL,
    "ofDevice" BOOLEAN NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "passedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SecondStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LostFactor" (
    "userId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "securityVersion" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "beganAt" TIMESTAMPTZ(3) NOT NULL,
    "opensAt" TIMESTAMPTZ(3) NOT NULL,
    "tellAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LostFactor_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "SecondFactor_keyId_idx" ON "SecondFactor"("keyId");

-- CreateIndex
CREATE INDEX "SecondStep_userId_idx" ON "SecondStep"("userId");

-- CreateIndex
CREATE INDEX "SecondStep_endsAt_idx" ON "SecondStep"("endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "LostFactor_id_key" ON "LostFactor"("id");

-- CreateIndex
CREATE UNIQUE INDEX "LostFactor_tokenHash_key" ON "LostFactor"("tokenHash");

-- CreateIndex
CREATE INDEX "LostFactor_tellAt_idx" ON "LostFactor"("tellAt");

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "SecondFactor"("userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondStep" ADD CONSTRAINT "SecondStep_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LostFactor" ADD CONSTRAINT "LostFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "SecondFactor"("userId") ON DELETE CASCADE ON UPDATE CASCADE;
