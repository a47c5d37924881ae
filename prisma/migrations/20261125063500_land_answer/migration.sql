CREATE TABLE "land_answer" (
    "id" BIGSERIAL NOT NULL,
    "question" TEXT NOT NULL,
    "parcels" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "land_answer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "land_answer_question_key" ON "land_answer"("question");
CREATE INDEX "land_answer_fetched_at_idx" ON "land_answer"("fetched_at");
