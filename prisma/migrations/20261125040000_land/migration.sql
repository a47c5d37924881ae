CREATE TABLE "land_layer" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "land_layer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "land_layer_kind_name_key" ON "land_layer"("kind", "name");

CREATE TABLE "parcel" (
    "id" BIGSERIAL NOT NULL,
    "layer_id" INTEGER NOT NULL,
    "sheet" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "ward" TEXT NOT NULL,
    "area" DOUBLE PRECISION NOT NULL,
    "use_codes" TEXT[],
    "address" TEXT,
    "geohash" TEXT NOT NULL,
    "shape" JSONB NOT NULL,
    "bounds" box NOT NULL,
    CONSTRAINT "parcel_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "parcel_ward_sheet_number_idx" ON "parcel"("ward", "sheet", "number");
CREATE INDEX "parcel_sheet_number" ON "parcel"("sheet", "number");
CREATE INDEX "parcel_geohash_idx" ON "parcel"("geohash");
CREATE INDEX "parcel_layer_id_idx" ON "parcel"("layer_id");
CREATE INDEX "parcel_bounds" ON "parcel" USING GIST ("bounds");
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "land_layer"("id") ON DELETE CASCADE;

CREATE TABLE "planning_zone" (
    "id" BIGSERIAL NOT NULL,
    "layer_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "shape" JSONB NOT NULL,
    "bounds" box NOT NULL,
    CONSTRAINT "planning_zone_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "planning_zone_layer_id_idx" ON "planning_zone"("layer_id");
CREATE INDEX "planning_zone_bounds" ON "planning_zone" USING GIST ("bounds");
ALTER TABLE "planning_zone" ADD CONSTRAINT "planning_zone_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "land_layer"("id") ON DELETE CASCADE;

CREATE TABLE "land_price" (
    "id" BIGSERIAL NOT NULL,
    "layer_id" INTEGER NOT NULL,
    "street" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "stretch" TEXT,
    "ward" TEXT,
    "use_code" TEXT,
    "price" DOUBLE PRECISION NOT NULL,
    CONSTRAINT "land_price_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "land_price_folded_idx" ON "land_price"("folded");
CREATE INDEX "land_price_layer_id_idx" ON "land_price"("layer_id");
ALTER TABLE "land_price" ADD CONSTRAINT "land_price_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "land_layer"("id") ON DELETE CASCADE;
