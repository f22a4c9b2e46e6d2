-- As before, and: a case that was sealed while it was about nobody known holds whoever it is said to be about.
DROP TRIGGER "DeskCase_hold" ON "DeskCase";
CREATE TRIGGER "DeskCase_hold" AFTER UPDATE OF "sealedAt", "personId" ON "DeskCase" FOR EACH ROW
  WHEN (NEW."sealedAt" IS NOT NULL AND (OLD."sealedAt" IS NULL OR NEW."personId" IS DISTINCT FROM OLD."personId"))
  EXECUTE FUNCTION "hold_sealed"();
