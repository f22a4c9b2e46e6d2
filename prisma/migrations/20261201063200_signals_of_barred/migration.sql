-- A signal about somebody who is kept out was called as one by the case of a ban, and led to a case that there is not.
UPDATE "DeskCase" SET "thing" = 'signal:barred:' || "personId" WHERE "kind" = 'signal' AND "thing" = 'signal:banned:' || "personId";
UPDATE "Report" SET "thing" = 'signal:barred:' || "personId", "about" = 'signal:barred' WHERE "kind" = 'signal' AND "thing" = 'signal:banned:' || "personId";
