-- What staff want to be told of by e-mail: each for themselves, nothing until they say so.
ALTER TABLE "staff" ADD COLUMN "mails" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- Of which wait staff were told: per talk, where it was per unit (and never used).
DROP TABLE "talk_mail";
CREATE TABLE "talk_mail" (
    "conversation_id" BIGINT NOT NULL,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "mailed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "talk_mail_pkey" PRIMARY KEY ("conversation_id"),
    CONSTRAINT "talk_mail_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
