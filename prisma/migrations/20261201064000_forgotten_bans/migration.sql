-- Traces go by their decision: those that were lifted with one are no loss, whatever else holds in its case.
CREATE OR REPLACE FUNCTION "audit_forgotten_ban"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId")
  SELECT DISTINCT now(), 'forget-ban', d."caseId", d."personId" FROM gone JOIN "DeskDecision" d ON d."id" = gone."decisionId"
  WHERE gone."until" > now() AND gone."liftedAt" IS NULL AND d."overturnedAt" IS NULL;
  RETURN NULL;
END $$;
