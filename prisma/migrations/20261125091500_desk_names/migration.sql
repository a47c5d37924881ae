-- Names the platforms tell stand beside those residents told themselves: the latter stay.
ALTER TABLE "resident" ADD COLUMN "named_self" BOOLEAN NOT NULL DEFAULT false;
UPDATE "resident" SET "named_self" = true WHERE "display_name" IS NOT NULL;
