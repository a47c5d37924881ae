-- AlterTable
ALTER TABLE "announcement" ADD COLUMN     "series_id" BIGINT;

-- CreateTable
CREATE TABLE "announcement_plan" (
    "announcement_id" BIGINT NOT NULL,
    "units" TEXT[],
    "ways" TEXT[],
    "channels" TEXT[],
    "own_accounts_only" BOOLEAN NOT NULL DEFAULT false,
    "held_by_platform" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "announcement_plan_pkey" PRIMARY KEY ("announcement_id")
);

-- CreateTable
CREATE TABLE "announcement_publication" (
    "id" BIGSERIAL NOT NULL,
    "announcement_id" BIGINT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "deed" TEXT NOT NULL DEFAULT 'put',
    "state" TEXT NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "looks" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" INTEGER,
    "called_at" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "token" TEXT,
    "link" TEXT,
    "scheduled_for" TIMESTAMPTZ(3),
    "quota_before" INTEGER,
    "error_code" TEXT,
    "note" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "announcement_publication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_quota" (
    "account_id" INTEGER NOT NULL,
    "left" INTEGER,
    "total" INTEGER,
    "followers" INTEGER,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,

    CONSTRAINT "account_quota_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "announcement_schedule" (
    "announcement_id" BIGINT NOT NULL,
    "repeat" TEXT NOT NULL DEFAULT 'once',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "runs" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "why" TEXT,
    "staff_id" INTEGER NOT NULL,

    CONSTRAINT "announcement_schedule_pkey" PRIMARY KEY ("announcement_id")
);

-- CreateIndex
CREATE INDEX "announcement_publication_state_due_at_idx" ON "announcement_publication"("state", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "announcement_publication_announcement_id_account_id_kind_key" ON "announcement_publication"("announcement_id", "account_id", "kind");

-- CreateIndex
CREATE INDEX "announcement_schedule_state_next_at_idx" ON "announcement_schedule"("state", "next_at");

-- CreateIndex
CREATE INDEX "announcement_series_id_idx" ON "announcement"("series_id");

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "announcement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_plan" ADD CONSTRAINT "announcement_plan_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_publication" ADD CONSTRAINT "announcement_publication_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_publication" ADD CONSTRAINT "announcement_publication_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_quota" ADD CONSTRAINT "account_quota_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_schedule" ADD CONSTRAINT "announcement_schedule_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_schedule" ADD CONSTRAINT "announcement_schedule_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
