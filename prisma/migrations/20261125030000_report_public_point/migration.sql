-- Where the public may see a report: its point only when staff let it be seen, else the nearest crossing of a grid of
-- about 55 m. Searches go by this point too, or a narrow search would give the exact one away.
CREATE FUNCTION "report_public_point"("longitude" float8, "latitude" float8, "exact" boolean) RETURNS point
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS 'SELECT CASE WHEN "exact" THEN point("longitude", "latitude")
             ELSE point(round("longitude" * 2000) / 2000, round("latitude" * 2000) / 2000) END';
DROP INDEX "report_public_map";
CREATE INDEX "report_public_map" ON "report" USING gist (report_public_point("longitude", "latitude", "public_exact"))
  WHERE "is_public" AND "merged_into_id" IS NULL AND "latitude" IS NOT NULL;
-- What the public page counts, without touching the table.
CREATE INDEX "report_public_counts" ON "report" ("created_at", "category", "ward_code", "state")
  WHERE "is_public" AND "merged_into_id" IS NULL;
-- What staff search in: words without diacritics (src/features/reports/store/filing.ts).
ALTER TABLE "report" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';
CREATE INDEX "report_search" ON "report" USING gin (to_tsvector('simple', "search_text"));
