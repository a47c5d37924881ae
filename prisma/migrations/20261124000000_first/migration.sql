-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "unit" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "area_code" TEXT,
    "sample" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "app_id" TEXT,
    "app_secret" TEXT NOT NULL,
    "webhook_secret" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "token_obtained_at" TIMESTAMPTZ(3),
    "refresh_begun_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'active',
    "status_reason" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "webhook_seen_at" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_token" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "access_token" TEXT NOT NULL,
    "refresh_token" TEXT,
    "obtained_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "account_id" INTEGER,
    "message" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resident" (
    "id" BIGSERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "display_name" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "language" TEXT NOT NULL DEFAULT 'vi',
    "follows" BOOLEAN,
    "notice_version" TEXT,
    "notice_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'bot',
    "dialogue" JSONB,
    "last_inbound_at" TIMESTAMPTZ(3),
    "waiting_since" TIMESTAMPTZ(3),
    "waiting_reason" TEXT,
    "staff_id" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_event" (
    "id" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "conversation_id" BIGINT,
    "kind" TEXT NOT NULL,
    "message_id" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "raw" JSONB NOT NULL,
    "receipt" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'stored',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound_message" (
    "id" BIGSERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "conversation_id" BIGINT,
    "recipient" JSONB NOT NULL,
    "author" TEXT NOT NULL,
    "staff_id" INTEGER,
    "purpose" TEXT NOT NULL DEFAULT 'reply',
    "content" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "claimed_by" INTEGER,
    "unknowns" INTEGER NOT NULL DEFAULT 0,
    "external_id" TEXT,
    "error_class" TEXT,
    "error_code" TEXT,
    "error_text" TEXT,
    "answers_id" BIGINT,
    "dedupe_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send_limit" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "refilled_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "send_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" BIGSERIAL NOT NULL,
    "event_id" BIGINT NOT NULL,
    "conversation_id" BIGINT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "type" TEXT NOT NULL,
    "source_url" TEXT NOT NULL,
    "name" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "media_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media" (
    "hash" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "taken_at" TIMESTAMPTZ(3),
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "thumbnail" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "report" (
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "ward" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "state" TEXT NOT NULL DEFAULT 'received',
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_photo" (
    "report_id" BIGINT NOT NULL,
    "attachment_id" BIGINT NOT NULL,

    CONSTRAINT "report_photo_pkey" PRIMARY KEY ("report_id","attachment_id")
);

-- CreateTable
CREATE TABLE "report_event" (
    "id" BIGSERIAL NOT NULL,
    "report_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "staff_id" INTEGER,
    "state" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "report_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_counter" (
    "prefix" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "code_counter_pkey" PRIMARY KEY ("prefix","month")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "password_hash" TEXT NOT NULL,
    "must_change" BOOLEAN NOT NULL DEFAULT true,
    "role" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "sid" TEXT NOT NULL,
    "sess" JSONB NOT NULL,
    "expire" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "staff_id" INTEGER,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_channel_external_id_key" ON "account"("channel", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "resident_account_id_external_id_key" ON "resident"("account_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_resident_id_key" ON "conversation"("resident_id");

-- CreateIndex
CREATE INDEX "conversation_state_idx" ON "conversation"("state");

-- CreateIndex
CREATE INDEX "inbound_event_conversation_id_occurred_at_idx" ON "inbound_event"("conversation_id", "occurred_at");

-- CreateIndex
CREATE INDEX "inbound_event_message_id_idx" ON "inbound_event"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_event_channel_external_key_key" ON "inbound_event"("channel", "external_key");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_message_dedupe_key_key" ON "outbound_message"("dedupe_key");

-- CreateIndex
CREATE INDEX "outbound_message_external_id_idx" ON "outbound_message"("external_id");

-- CreateIndex
CREATE INDEX "outbound_message_conversation_id_id_idx" ON "outbound_message"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "attachment_conversation_id_idx" ON "attachment"("conversation_id");

-- CreateIndex
CREATE UNIQUE INDEX "attachment_event_id_position_key" ON "attachment"("event_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "report_code_key" ON "report"("code");

-- CreateIndex
CREATE INDEX "report_resident_id_created_at_idx" ON "report"("resident_id", "created_at");

-- CreateIndex
CREATE INDEX "report_event_report_id_idx" ON "report_event"("report_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE INDEX "staff_session_expire_idx" ON "staff_session"("expire");

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_parent_code_fkey" FOREIGN KEY ("parent_code") REFERENCES "unit"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resident" ADD CONSTRAINT "resident_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_event" ADD CONSTRAINT "inbound_event_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbound_message" ADD CONSTRAINT "outbound_message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "inbound_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_media_hash_fkey" FOREIGN KEY ("media_hash") REFERENCES "media"("hash") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_photo" ADD CONSTRAINT "report_photo_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_photo" ADD CONSTRAINT "report_photo_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say: the two queues are read by what is still open, however long the tables grow.
CREATE INDEX "inbound_event_open" ON "inbound_event" ("conversation_id", "occurred_at", "id") WHERE "state" = 'stored' AND NOT "receipt";
CREATE INDEX "inbound_event_receipts" ON "inbound_event" ("id") WHERE "state" = 'stored' AND "receipt";
CREATE INDEX "outbound_message_due" ON "outbound_message" ("account_id", "purpose" DESC, "due_at", "id") WHERE "state" = 'pending';
CREATE INDEX "outbound_message_open" ON "outbound_message" ("conversation_id", "id") WHERE "state" IN ('pending', 'sending', 'unknown');
CREATE INDEX "outbound_message_in_flight" ON "outbound_message" ("claimed_by", "claimed_at") WHERE "state" IN ('sending', 'unknown');

-- History is only ever added to.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME;
END';
CREATE TRIGGER "append_only" BEFORE UPDATE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE ON "report_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
