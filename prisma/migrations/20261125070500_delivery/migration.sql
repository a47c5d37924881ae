-- Announcements are delivered in batches: a row a recipient says how far it is, a row a sending whether it goes on.
ALTER TABLE "announcement_notice" ADD COLUMN "account_id" INTEGER, ADD COLUMN "state" TEXT NOT NULL DEFAULT 'open';
UPDATE "announcement_notice" n SET "account_id" = r."account_id" FROM "resident" r WHERE r."id" = n."resident_id";
UPDATE "announcement_notice" SET "state" = CASE WHEN "told_at" IS NULL THEN 'later' ELSE 'queued' END;
ALTER TABLE "announcement_notice" ALTER COLUMN "account_id" SET NOT NULL;
CREATE INDEX "announcement_notice_open" ON "announcement_notice" ("announcement_id", "kind", "account_id", "resident_id") WHERE "state" = 'open';

CREATE TABLE "announcement_sending" (
    "announcement_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'expanding',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expanded_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    CONSTRAINT "announcement_sending_pkey" PRIMARY KEY ("announcement_id", "kind")
);
ALTER TABLE "announcement_sending" ADD CONSTRAINT "announcement_sending_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "outbound_message" ADD COLUMN "bulk_of" TEXT;
CREATE INDEX "outbound_message_bulk" ON "outbound_message" ("bulk_of", "account_id", "state") WHERE "bulk_of" IS NOT NULL;

-- What was on its way when this version came: it goes on, to whoever was addressed.
INSERT INTO "announcement_sending" ("announcement_id", "kind", "state", "started_at", "expanded_at")
SELECT DISTINCT "announcement_id", "kind", 'running', now(), now() FROM "announcement_notice";
UPDATE "outbound_message" SET "bulk_of" = 'announcement:' || split_part("dedupe_key", ':', 2) || CASE WHEN "dedupe_key" LIKE '%:recall' THEN ':recall' ELSE ':news' END
WHERE "dedupe_key" LIKE 'announcement:%';
