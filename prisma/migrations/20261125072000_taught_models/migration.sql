ALTER TABLE "training_candidate" ADD COLUMN     "intent" TEXT,
ADD COLUMN     "decided_by" INTEGER,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3);

CREATE TABLE "taught_model" (
    "id" SERIAL NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "progress" TEXT NOT NULL DEFAULT '',
    "shipped" TEXT NOT NULL,
    "version" TEXT,
    "file" BYTEA,
    "sentences" INTEGER NOT NULL DEFAULT 0,
    "comparison" JSONB,
    "asked_by" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "decided_by" INTEGER,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "taught_model_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "taught_model_state_idx" ON "taught_model"("state");

-- What Prisma's schema cannot say: one model is in use, and one is being taught.
CREATE UNIQUE INDEX "taught_model_in_use" ON "taught_model" ("state") WHERE "state" = 'in_use';
CREATE UNIQUE INDEX "taught_model_under_way" ON "taught_model" ((true)) WHERE "state" IN ('waiting', 'teaching');
