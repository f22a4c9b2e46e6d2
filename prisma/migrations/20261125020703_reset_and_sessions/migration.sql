-- CreateEnum
CREATE TYPE "SecurityEventKind" AS ENUM ('joined', 'signed_in', 'signed_in_new_device', 'signed_out', 'password_confirmed', 'password_changed', 'password_reset', 'reset_asked', 'reset_link_sent', 'session_revoked', 'other_sessions_revoked');

-- CreateEnum
CREATE TYPE "SecurityOutcome" AS ENUM ('done', 'refused');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "securityVersion" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "RegistrationOtp" ADD COLUMN     "muted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "DestinationBudget" ADD COLUMN     "unseenFailures" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
ADD COLUMN     "unseenSends" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
ALTER COLUMN "sends" SET DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
ALTER COLUMN "failures" SET DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];

-- CreateTable
CREATE TABLE "PasswordResetOtp" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "destination" TEXT NOT NULL,
    "destinationKey" TEXT NOT NULL,
    "askedKey" TEXT NOT NULL,
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
    "userId" UUID,
    "securityVersion" INTEGER,

    CONSTRAINT "PasswordResetOtp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordResetLink" (
    "userId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "keyId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "securityVersion" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PasswordResetLink_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "SecurityEvent" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "SecurityEventKind" NOT NULL,
    "outcome" "SecurityOutcome" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "network" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "noticeDue" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "SecurityEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PasswordResetOtp_userId_idx" ON "PasswordResetOtp"("userId");

-- CreateIndex
CREATE INDEX "PasswordResetOtp_endsAt_idx" ON "PasswordResetOtp"("endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordResetLink_id_key" ON "PasswordResetLink"("id");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordResetLink_tokenHash_key" ON "PasswordResetLink"("tokenHash");

-- CreateIndex
CREATE INDEX "SecurityEvent_userId_at_idx" ON "SecurityEvent"("userId", "at");

-- CreateIndex
CREATE INDEX "SecurityEvent_at_idx" ON "SecurityEvent"("at");

-- AddForeignKey
ALTER TABLE "PasswordResetOtp" ADD CONSTRAINT "PasswordResetOtp_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordResetLink" ADD CONSTRAINT "PasswordResetLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecurityEvent" ADD CONSTRAINT "SecurityEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The database guards itself, as for sign-ups.
ALTER TABLE "PasswordResetOtp"
  ADD CONSTRAINT "PasswordResetOtp_attempts_bounds" CHECK ("attempts" BETWEEN 0 AND 5),
  ADD CONSTRAINT "PasswordResetOtp_sends_bounds" CHECK ("failedSends" BETWEEN 0 AND "sends" AND "sends" - "failedSends" BETWEEN 0 AND 6),
  ADD CONSTRAINT "PasswordResetOtp_expiry_order" CHECK ("expiresAt" <= "endsAt" AND "createdAt" <= "endsAt"),
  ADD CONSTRAINT "PasswordResetOtp_reference_shape" CHECK ("reference" ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "PasswordResetOtp_destination_length" CHECK (length("destination") <= 320 AND length("askedKey") <= 320),
  -- A code that could be right belongs to an account, and only then.
  ADD CONSTRAINT "PasswordResetOtp_owner" CHECK ("decoy" = ("userId" IS NULL) AND "decoy" = ("securityVersion" IS NULL));

ALTER TABLE "PasswordResetLink"
  ADD CONSTRAINT "PasswordResetLink_expiry_order" CHECK ("createdAt" < "expiresAt");

ALTER TABLE "SecurityEvent"
  ADD CONSTRAINT "SecurityEvent_device_length" CHECK (length("device") <= 80);
