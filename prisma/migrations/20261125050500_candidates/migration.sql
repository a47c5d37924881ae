-- Messages the classifier was unsure of, redacted, from residents who agreed to that.
CREATE TABLE "training_candidate" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" BIGINT,
    "text" TEXT NOT NULL,
    "readings" JSONB NOT NULL,
    "model_version" TEXT NOT NULL,
    "chosen_intent" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "training_candidate_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "training_candidate_state_id_idx" ON "training_candidate"("state", "id");
CREATE INDEX "training_candidate_resident_id_idx" ON "training_candidate"("resident_id");
ALTER TABLE "training_candidate" ADD CONSTRAINT "training_candidate_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
