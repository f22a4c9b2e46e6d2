-- CreateTable
CREATE TABLE "UsernameSkeleton" (
    "skeleton" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "UsernameSkeleton_pkey" PRIMARY KEY ("skeleton")
);

-- CreateIndex
CREATE INDEX "UsernameSkeleton_until_idx" ON "UsernameSkeleton"("until");

-- What a username looks like, as in src/kernel/look-alikes.ts. Twins from before this rule stay, so no unique index can stand
-- here.
CREATE INDEX "User_username_skeleton" ON "User" (replace(replace(translate("usernameKey", 'i10._', 'llo'), 'm', 'rn'), 'w', 'vv'));

-- Those who are there, and the names that rest.
INSERT INTO "UsernameSkeleton" ("skeleton")
SELECT DISTINCT replace(replace(translate("usernameKey", 'i10._', 'llo'), 'm', 'rn'), 'w', 'vv') FROM "User";
INSERT INTO "UsernameSkeleton" ("skeleton", "until")
SELECT replace(replace(translate("usernameKey", 'i10._', 'llo'), 'm', 'rn'), 'w', 'vv') AS "name", max("until")
FROM "UsernameQuarantine" GROUP BY "name"
ON CONFLICT ("skeleton") DO NOTHING;
