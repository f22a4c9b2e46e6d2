-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "LanguageRole" AS ENUM ('native', 'learning');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('email', 'mobile');

-- CreateEnum
CREATE TYPE "Delivery" AS ENUM ('queued', 'sent', 'failed');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "usernameKey" TEXT NOT NULL,
    "email" TEXT,
    "emailKey" TEXT,
    "emailVerifiedAt" TIMESTAMPTZ(3),
    "phone" TEXT,
    "phoneVerifiedAt" TIMESTAMPTZ(3),
    "passwordHash" TEXT NOT NULL,
    "dateOfBirth" DATE NOT NULL,
    "country" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UserLanguage" (
    "userId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "role" "LanguageRole" NOT NULL,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "UserLanguage_pkey" PRIMARY KEY ("userId","code")
);

-- CreateTable
CREATE TABLE "RegistrationOtp" (
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

    CONSTRAINT "RegistrationOtp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DestinationBudget" (
    "destinationKey" TEXT NOT NULL,
    "sends" TIMESTAMPTZ(3)[],
    "failures" TIMESTAMPTZ(3)[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DestinationBudget_pkey" PRIMARY KEY ("destinationKey")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_usernameKey_key" ON "User"("usernameKey");

-- CreateIndex
CREATE UNIQUE INDEX "User_emailKey_key" ON "User"("emailKey");

-- CreateIndex
CREATE UNIQUE INDEX "User_phone_key" ON "User"("phone");

-- CreateIndex
CREATE INDEX "UserLanguage_code_role_idx" ON "UserLanguage"("code", "role");

-- CreateIndex
CREATE INDEX "RegistrationOtp_destinationKey_idx" ON "RegistrationOtp"("destinationKey");

-- CreateIndex
CREATE INDEX "RegistrationOtp_endsAt_idx" ON "RegistrationOtp"("endsAt");

-- CreateIndex
CREATE INDEX "DestinationBudget_updatedAt_idx" ON "DestinationBudget"("updatedAt");

-- AddForeignKey
ALTER TABLE "UserLanguage" ADD CONSTRAINT "UserLanguage_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The database guards itself: what Prisma's schema cannot say. The numbers repeat src/features/auth/policy.ts on purpose,
-- as the last fence behind a mistake in the code.
ALTER TABLE "User"
  ADD CONSTRAINT "User_username_pattern" CHECK ("username" ~ '^[A-Za-z][A-Za-z0-9_.]{1,28}[A-Za-z0-9]$' AND "username" NOT LIKE '%..%'),
  ADD CONSTRAINT "User_usernameKey_folded" CHECK ("usernameKey" = lower("username")),
  ADD CONSTRAINT "User_emailKey_folded" CHECK ("emailKey" IS NOT DISTINCT FROM lower("email")),
  ADD CONSTRAINT "User_email_length" CHECK (length("email") <= 254),
  ADD CONSTRAINT "User_phone_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT "User_verified_contact" CHECK (
    ("email" IS NOT NULL AND "emailVerifiedAt" IS NOT NULL) OR ("phone" IS NOT NULL AND "phoneVerifiedAt" IS NOT NULL)),
  ADD CONSTRAINT "User_country_shape" CHECK ("country" ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "User_password_hashed" CHECK ("passwordHash" LIKE '$argon2id$%');

ALTER TABLE "UserLanguage"
  ADD CONSTRAINT "UserLanguage_code_shape" CHECK ("code" ~ '^[a-z]{2}$'),
  ADD CONSTRAINT "UserLanguage_position_bounds" CHECK ("position" BETWEEN 0 AND 9);

ALTER TABLE "RegistrationOtp"
  ADD CONSTRAINT "RegistrationOtp_attempts_bounds" CHECK ("attempts" BETWEEN 0 AND 5),
  ADD CONSTRAINT "RegistrationOtp_sends_bounds" CHECK ("failedSends" BETWEEN 0 AND "sends" AND "sends" - "failedSends" BETWEEN 0 AND 6),
  ADD CONSTRAINT "RegistrationOtp_expiry_order" CHECK ("expiresAt" <= "endsAt" AND "createdAt" <= "endsAt"),
  ADD CONSTRAINT "RegistrationOtp_reference_shape" CHECK ("reference" ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "RegistrationOtp_destination_shape" CHECK (
    length("destination") <= 254 AND ("channel" = 'email' OR "destination" ~ '^\+[1-9][0-9]{6,14}$'));
