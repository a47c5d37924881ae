CREATE TABLE "station" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,
    "warn_from" DOUBLE PRECISION,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "station_pkey" PRIMARY KEY ("code")
);
CREATE TABLE "reading" (
    "station_code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    CONSTRAINT "reading_pkey" PRIMARY KEY ("station_code", "at")
);
ALTER TABLE "reading" ADD CONSTRAINT "reading_station_code_fkey" FOREIGN KEY ("station_code") REFERENCES "station"("code") ON DELETE CASCADE ON UPDATE CASCADE;
