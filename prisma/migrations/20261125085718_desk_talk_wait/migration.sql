-- How long residents wait for a person, for the dashboard.
-- CreateTable
CREATE TABLE "talk_wait" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT,
    "unit_code" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "worked_seconds" INTEGER,

    CONSTRAINT "talk_wait_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "talk_wait_conversation_id_key" ON "talk_wait"("conversation_id");

-- CreateIndex
CREATE INDEX "talk_wait_unit_code_since_idx" ON "talk_wait"("unit_code", "since");

-- AddForeignKey
ALTER TABLE "talk_wait" ADD CONSTRAINT "talk_wait_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
