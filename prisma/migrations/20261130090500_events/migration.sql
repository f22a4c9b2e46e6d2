-- CreateTable
CREATE TABLE "RecordedEvent" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "ids" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "request" TEXT,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecordedEvent_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "RecordedEvent_name_shape" CHECK ("name" ~ '^[a-z]+\.[a-zA-Z]+$')
);

-- CreateTable
CREATE TABLE "HandledEvent" (
    "eventId" BIGINT NOT NULL,
    "subscriber" TEXT NOT NULL,

    CONSTRAINT "HandledEvent_pkey" PRIMARY KEY ("eventId","subscriber")
);

-- CreateIndex
CREATE INDEX "RecordedEvent_userId_id_idx" ON "RecordedEvent"("userId", "id");

-- AddForeignKey
ALTER TABLE "HandledEvent" ADD CONSTRAINT "HandledEvent_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "RecordedEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
