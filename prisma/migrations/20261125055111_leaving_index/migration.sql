-- The job that ends accounts looks for moments that have passed. Hardly anybody has one, so only those are indexed.
CREATE INDEX "User_purgeAt_idx" ON "User"("purgeAt") WHERE "purgeAt" IS NOT NULL;
