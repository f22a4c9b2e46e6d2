-- Fifty and five hundred characters as a reader counts them: one emoji may be 15 UTF-16 units, one unit 3 bytes. The
-- shorter bounds of before refused fifty families, 25 bytes each.
ALTER TABLE "User"
  DROP CONSTRAINT "User_displayName_length",
  DROP CONSTRAINT "User_bio_length",
  ADD CONSTRAINT "User_displayName_length" CHECK (octet_length("displayName") BETWEEN 1 AND 2250),
  ADD CONSTRAINT "User_bio_length" CHECK (octet_length("bio") <= 22500);
