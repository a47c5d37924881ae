CREATE TABLE "announcement" (
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "document_number" TEXT,
    "document_date" DATE,
    "signer" TEXT,
    "unit_code" TEXT NOT NULL,
    "topic" TEXT NOT NULL DEFAULT 'general',
    "wards" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "level" TEXT NOT NULL DEFAULT 'normal',
    "valid_from" TIMESTAMPTZ(3),
    "valid_to" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'draft',
    "author_id" INTEGER,
    "published_at" TIMESTAMPTZ(3),
    "recalled_at" TIMESTAMPTZ(3),
    "recall_reason" TEXT,
    "replaces_id" BIGINT,
    "cover_hash" TEXT,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "search_text" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "announcement_code_key" ON "announcement"("code");
CREATE UNIQUE INDEX "announcement_replaces_id_key" ON "announcement"("replaces_id");
CREATE INDEX "announcement_state_published_at_idx" ON "announcement"("state", "published_at");
CREATE INDEX "announcement_words" ON "announcement" USING GIN (to_tsvector('simple', "search_text")) WHERE "state" IN ('published', 'recalled');
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "announcement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "announcement_step" (
    "id" BIGSERIAL NOT NULL,
    "announcement_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "staff_id" INTEGER,
    "comment" TEXT,
    CONSTRAINT "announcement_step_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "announcement_step_announcement_id_idx" ON "announcement_step"("announcement_id");
ALTER TABLE "announcement_step" ADD CONSTRAINT "announcement_step_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "announcement_step" ADD CONSTRAINT "announcement_step_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE TRIGGER "append_only" BEFORE UPDATE ON "announcement_step" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TABLE "subscription" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "topic" TEXT NOT NULL DEFAULT '',
    "ward_code" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "subscription_resident_id_topic_ward_code_key" ON "subscription"("resident_id", "topic", "ward_code");
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "rumour" (
    "id" BIGSERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'open',
    CONSTRAINT "rumour_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "rumour_state_asked_idx" ON "rumour"("state", "asked");
