-- How each message was read, for the dashboard's figures: no resident, no words.
CREATE TABLE "talk_reading" (
    "id" BIGSERIAL NOT NULL,
    "unit_code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "understood" BOOLEAN,
    CONSTRAINT "talk_reading_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "talk_reading_unit_code_at_idx" ON "talk_reading"("unit_code", "at");
