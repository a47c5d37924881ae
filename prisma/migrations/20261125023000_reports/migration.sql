-- Reports as they live after their filing: place, unit, deadline, followers, what residents are still to be told.
ALTER TABLE "report"
  ALTER COLUMN "resident_id" DROP NOT NULL,
  ADD COLUMN "reporter_kind" TEXT NOT NULL DEFAULT 'resident',
  ADD COLUMN "reporter_name" TEXT,
  ADD COLUMN "reporter_phone" TEXT,
  ADD COLUMN "reporter_email" TEXT,
  ADD COLUMN "ward_code" TEXT,
  ADD COLUMN "street" TEXT,
  ADD COLUMN "house_number" TEXT,
  ADD COLUMN "hamlet" TEXT,
  ADD COLUMN "lamp_pole" TEXT,
  ADD COLUMN "on_boundary" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "unit_code" TEXT NOT NULL DEFAULT 'DO-THI',
  ADD COLUMN "assignee_id" INTEGER,
  ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 2,
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "reminded_at" TIMESTAMPTZ(3),
  ADD COLUMN "escalated_at" TIMESTAMPTZ(3),
  ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "public_title" TEXT,
  ADD COLUMN "public_description" TEXT,
  ADD COLUMN "public_exact" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "merged_into_id" BIGINT,
  ADD COLUMN "rating" INTEGER,
  ADD COLUMN "rating_comment" TEXT,
  ADD COLUMN "rated_at" TIMESTAMPTZ(3),
  ADD COLUMN "resolved_at" TIMESTAMPTZ(3),
  ADD COLUMN "open311_token" TEXT;
ALTER TABLE "report" ALTER COLUMN "unit_code" DROP DEFAULT;

ALTER TABLE "report_photo" DROP CONSTRAINT "report_photo_pkey";
ALTER TABLE "report_photo"
  ALTER COLUMN "attachment_id" DROP NOT NULL,
  ADD COLUMN "id" BIGSERIAL NOT NULL,
  ADD COLUMN "media_hash" TEXT,
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'told',
  ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "resident_id" BIGINT,
  ADD COLUMN "staff_id" INTEGER,
  ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD CONSTRAINT "report_photo_pkey" PRIMARY KEY ("id");

ALTER TABLE "report_event"
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'state',
  ADD COLUMN "resident_id" BIGINT,
  ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "data" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "report_event" ALTER COLUMN "kind" DROP DEFAULT;

CREATE TABLE "report_follower" (
    "report_id" BIGINT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_follower_pkey" PRIMARY KEY ("report_id", "resident_id")
);

CREATE TABLE "report_news" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "report_id" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_at" TIMESTAMPTZ(3),
    "told_how" TEXT,

    CONSTRAINT "report_news_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "report_rule" (
    "id" SERIAL NOT NULL,
    "category" TEXT,
    "ward_code" TEXT,
    "unit_code" TEXT NOT NULL,

    CONSTRAINT "report_rule_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "report_category_setting" (
    "category" TEXT NOT NULL,
    "target_hours" INTEGER,
    "radius" INTEGER,
    "priority" INTEGER,

    CONSTRAINT "report_category_setting_pkey" PRIMARY KEY ("category")
);

CREATE TABLE "report_template" (
    "id" SERIAL NOT NULL,
    "category" TEXT,
    "state" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "unit_code" TEXT,
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "report_template_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "report_view" (
    "id" SERIAL NOT NULL,
    "staff_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,

    CONSTRAINT "report_view_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "special_day" (
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "is_working" BOOLEAN NOT NULL,

    CONSTRAINT "special_day_pkey" PRIMARY KEY ("day")
);

CREATE TABLE "open311_key" (
    "id" SERIAL NOT NULL,
    "key_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "open311_key_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "report_open311_token_key" ON "report"("open311_token");
CREATE INDEX "report_unit_code_created_at_idx" ON "report"("unit_code", "created_at");
CREATE INDEX "report_merged_into_id_idx" ON "report"("merged_into_id");
CREATE UNIQUE INDEX "report_photo_report_id_attachment_id_key" ON "report_photo"("report_id", "attachment_id");
CREATE INDEX "report_follower_resident_id_idx" ON "report_follower"("resident_id");
CREATE UNIQUE INDEX "report_news_resident_id_event_id_key" ON "report_news"("resident_id", "event_id");
CREATE UNIQUE INDEX "report_view_staff_id_name_key" ON "report_view"("staff_id", "name");
CREATE UNIQUE INDEX "open311_key_key_hash_key" ON "open311_key"("key_hash");

ALTER TABLE "report" DROP CONSTRAINT "report_resident_id_fkey";
ALTER TABLE "report" ADD CONSTRAINT "report_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "report" ADD CONSTRAINT "report_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "report" ADD CONSTRAINT "report_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "report" ADD CONSTRAINT "report_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "report"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "report_photo" DROP CONSTRAINT "report_photo_attachment_id_fkey";
ALTER TABLE "report_photo" ADD CONSTRAINT "report_photo_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "report_photo" ADD CONSTRAINT "report_photo_media_hash_fkey" FOREIGN KEY ("media_hash") REFERENCES "media"("hash") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "report_follower" ADD CONSTRAINT "report_follower_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_follower" ADD CONSTRAINT "report_follower_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_news" ADD CONSTRAINT "report_news_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_news" ADD CONSTRAINT "report_news_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_news" ADD CONSTRAINT "report_news_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "report_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_rule" ADD CONSTRAINT "report_rule_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "report_view" ADD CONSTRAINT "report_view_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say. One rule for a category and a ward, null standing for "every".
CREATE UNIQUE INDEX "report_rule_case" ON "report_rule" ("category", "ward_code") NULLS NOT DISTINCT;
-- The same again: open reports of a category around a point, on a street, at a lamp pole.
CREATE INDEX "report_open_near" ON "report" ("category", "latitude", "longitude") WHERE "state" IN ('received', 'assigned', 'in_progress', 'reopened');
CREATE INDEX "report_open_street" ON "report" ("category", "street") WHERE "state" IN ('received', 'assigned', 'in_progress', 'reopened') AND "street" IS NOT NULL;
CREATE INDEX "report_lamp_pole" ON "report" ("lamp_pole") WHERE "lamp_pole" IS NOT NULL;
-- The board and the clock read what is open.
CREATE INDEX "report_open_board" ON "report" ("unit_code", "state", "due_at") WHERE "state" IN ('received', 'assigned', 'in_progress', 'reopened');
CREATE INDEX "report_open_due" ON "report" ("due_at") WHERE "state" IN ('received', 'assigned', 'in_progress', 'reopened');
CREATE INDEX "report_state" ON "report" ("state", "state_at");
-- The public list and map.
CREATE INDEX "report_public_list" ON "report" ("created_at" DESC, "id" DESC) WHERE "is_public" AND "merged_into_id" IS NULL;
CREATE INDEX "report_public_map" ON "report" USING gist (point("longitude", "latitude")) WHERE "is_public" AND "merged_into_id" IS NULL AND "latitude" IS NOT NULL;
-- News nobody heard yet.
CREATE INDEX "report_news_untold" ON "report_news" ("resident_id") WHERE "told_at" IS NULL;
