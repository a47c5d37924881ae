-- Talks with staff: notes, who held what when, labels, who looks on, answers kept ready.
ALTER TABLE "conversation" ADD COLUMN     "read_at" TIMESTAMPTZ(3);

CREATE TABLE "talk_note" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "staff_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "text" TEXT NOT NULL,

    CONSTRAINT "talk_note_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "talk_step" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "staff_id" INTEGER,
    "kind" TEXT NOT NULL,
    "to_staff_id" INTEGER,
    "note" TEXT,

    CONSTRAINT "talk_step_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "talk_label" (
    "conversation_id" BIGINT NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "talk_label_pkey" PRIMARY KEY ("conversation_id","label")
);

CREATE TABLE "talk_presence" (
    "conversation_id" BIGINT NOT NULL,
    "staff_id" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "talk_presence_pkey" PRIMARY KEY ("conversation_id","staff_id")
);

CREATE TABLE "canned_answer" (
    "id" SERIAL NOT NULL,
    "unit_code" TEXT NOT NULL,
    "shortcut" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "canned_answer_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "talk_note_conversation_id_at_idx" ON "talk_note"("conversation_id", "at");
CREATE INDEX "talk_step_conversation_id_at_idx" ON "talk_step"("conversation_id", "at");
CREATE INDEX "talk_label_label_idx" ON "talk_label"("label");
CREATE UNIQUE INDEX "canned_answer_unit_code_shortcut_key" ON "canned_answer"("unit_code", "shortcut");

ALTER TABLE "talk_note" ADD CONSTRAINT "talk_note_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "talk_step" ADD CONSTRAINT "talk_step_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "talk_label" ADD CONSTRAINT "talk_label_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "talk_presence" ADD CONSTRAINT "talk_presence_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- The inbox is read by what is open, latest first.
CREATE INDEX "conversation_inbox" ON "conversation" ("state", "updated_at" DESC);
CREATE INDEX "conversation_waiting" ON "conversation" ("waiting_since") WHERE "waiting_since" IS NOT NULL;

-- "Nguyễn" and "nguyen" are found alike: no mark, no capital, d for đ.
CREATE FUNCTION "bare"(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
  SELECT lower(translate(regexp_replace(normalize($1, NFD), U&''[\0300-\036F]'', '''', ''g''), ''đĐ'', ''dd''))';
-- Both platforms keep a message's words at the same place.
CREATE INDEX "inbound_event_words" ON "inbound_event"
  USING gin (to_tsvector('simple'::regconfig, "bare"("raw" #>> '{message,text}'))) WHERE "kind" = 'message';

-- Whoever looks at a talk is told when something of it changes, whichever process changed it.
CREATE FUNCTION "tell_talk"() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  IF TG_TABLE_NAME = ''conversation'' THEN
    PERFORM pg_notify(''talks'', NEW.id::text);
  ELSE
    PERFORM pg_notify(''talks'', NEW.conversation_id::text);
  END IF;
  RETURN NULL;
END';
CREATE TRIGGER "tell" AFTER INSERT OR UPDATE ON "conversation" FOR EACH ROW EXECUTE FUNCTION "tell_talk"();
CREATE TRIGGER "tell" AFTER UPDATE ON "outbound_message" FOR EACH ROW
  WHEN (NEW."conversation_id" IS NOT NULL AND (
    (OLD."state" IS DISTINCT FROM NEW."state" AND NEW."state" <> 'sending')
    OR OLD."delivered_at" IS DISTINCT FROM NEW."delivered_at" OR OLD."seen_at" IS DISTINCT FROM NEW."seen_at"))
  EXECUTE FUNCTION "tell_talk"();
CREATE TRIGGER "tell" AFTER UPDATE ON "attachment" FOR EACH ROW
  WHEN (NEW."conversation_id" IS NOT NULL AND OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION "tell_talk"();
CREATE TRIGGER "tell" AFTER INSERT ON "talk_note" FOR EACH ROW EXECUTE FUNCTION "tell_talk"();
CREATE TRIGGER "tell" AFTER INSERT ON "talk_presence" FOR EACH ROW EXECUTE FUNCTION "tell_talk"();
CREATE TRIGGER "append_only" BEFORE UPDATE ON "talk_step" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
