ALTER TABLE "station"
    ADD COLUMN "clear_from" DOUBLE PRECISION,
    ADD COLUMN "unit_code" TEXT NOT NULL DEFAULT 'DO-THI',
    ADD COLUMN "high_since" TIMESTAMPTZ(3);

CREATE TABLE "station_warning" (
    "id" BIGSERIAL NOT NULL,
    "station_code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "warn_from" DOUBLE PRECISION NOT NULL,
    "announcement_code" TEXT,
    CONSTRAINT "station_warning_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "station_warning_station_code_at_idx" ON "station_warning"("station_code", "at");
ALTER TABLE "station_warning" ADD CONSTRAINT "station_warning_station_code_fkey" FOREIGN KEY ("station_code") REFERENCES "station"("code") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "station_notice" (
    "warning_id" BIGINT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    CONSTRAINT "station_notice_pkey" PRIMARY KEY ("warning_id","resident_id")
);
CREATE INDEX "station_notice_resident_id_idx" ON "station_notice"("resident_id");
ALTER TABLE "station_notice" ADD CONSTRAINT "station_notice_warning_id_fkey" FOREIGN KEY ("warning_id") REFERENCES "station_warning"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "station_notice" ADD CONSTRAINT "station_notice_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
