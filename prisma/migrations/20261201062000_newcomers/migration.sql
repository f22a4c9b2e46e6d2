-- Newcomers have the highest ids. A look reads nothing else of the table.
CREATE INDEX "LanguagePair_newest_idx" ON "LanguagePair" ("speaks", "learns", "band", "userId")
  INCLUDE ("level", "place", "from", "until");
