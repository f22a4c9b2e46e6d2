-- CreateTable
CREATE TABLE "KnownDevice" (
    "userId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnownDevice_pkey" PRIMARY KEY ("userId","hash")
);

-- CreateIndex
CREATE INDEX "KnownDevice_hash_idx" ON "KnownDevice"("hash");

-- CreateIndex
CREATE INDEX "KnownDevice_seenAt_idx" ON "KnownDevice"("seenAt");

-- AddForeignKey
ALTER TABLE "KnownDevice" ADD CONSTRAINT "KnownDevice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever joins or signs in holds this lock until they are done, and whoever bans waits for them: of two at once one sees
-- the other. VOLATILE, so that what is read after the wait is what holds after the wait.
CREATE FUNCTION "bans_of"("hashes" text[], "now" timestamptz) RETURNS TABLE ("caseId" uuid, "until" timestamptz)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(61, 0);
  RETURN QUERY SELECT t."caseId", max(t."until") FROM "BannedTrace" t
    WHERE t."hash" = ANY("hashes") AND t."until" > "now" GROUP BY t."caseId";
END $$;
