-- AlterTable
ALTER TABLE "staff" ADD COLUMN "skills" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "conversation" ADD COLUMN "skill" TEXT;
ALTER TABLE "resident" ADD COLUMN "profile_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "talk_mention" (
    "note_id" BIGINT NOT NULL,
    "staff_id" INTEGER NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "talk_mention_pkey" PRIMARY KEY ("note_id","staff_id")
);

-- CreateTable
CREATE TABLE "talk_mail" (
    "unit_code" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "talk_mail_pkey" PRIMARY KEY ("unit_code")
);

-- CreateIndex
CREATE INDEX "talk_mention_staff_id_seen_at_idx" ON "talk_mention"("staff_id", "seen_at");
CREATE INDEX "talk_mention_conversation_id_idx" ON "talk_mention"("conversation_id");

-- AddForeignKey
ALTER TABLE "talk_mention" ADD CONSTRAINT "talk_mention_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "talk_note"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "talk_mention" ADD CONSTRAINT "talk_mention_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "talk_mention" ADD CONSTRAINT "talk_mention_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
