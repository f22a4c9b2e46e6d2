-- CreateTable
CREATE TABLE "PartnerAlert" (
    "userId" UUID NOT NULL,
    "speaks" TEXT NOT NULL,
    "learns" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "lookedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PartnerAlert_pkey" PRIMARY KEY ("userId","speaks","learns")
);

-- CreateIndex
CREATE INDEX "PartnerAlert_speaks_learns_idx" ON "PartnerAlert"("speaks", "learns");
