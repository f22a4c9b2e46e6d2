-- Everybody who is here has read English so far. The release before writes rows without a word of it, and gets the default.
-- AlterTable
ALTER TABLE "User"
  ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en',
  ADD CONSTRAINT "User_locale_shape" CHECK ("locale" ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
