-- CreateTable
CREATE TABLE "report_proposal" (
    "id" BIGSERIAL NOT NULL,
    "report_id" BIGINT NOT NULL,
    "lamp_pole" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "staff_id" INTEGER,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lamp" (
    "code" TEXT NOT NULL,
    "street" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "unit_code" TEXT NOT NULL DEFAULT 'DO-THI',
    "source" TEXT NOT NULL,
    "state" TEXT,
    "since" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "lamp_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE INDEX "report_proposal_report_id_idx" ON "report_proposal"("report_id");

-- CreateIndex
CREATE INDEX "lamp_latitude_longitude_idx" ON "lamp"("latitude", "longitude");

-- AddForeignKey
ALTER TABLE "report_proposal" ADD CONSTRAINT "report_proposal_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One proposal waits at most.
CREATE UNIQUE INDEX "report_proposal_waiting" ON "report_proposal"("report_id") WHERE "outcome" IS NULL;
