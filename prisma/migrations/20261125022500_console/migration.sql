-- Sign-in: a second step, and attempts counted by address and e-mail instead of on the person's row,
-- so that an unknown e-mail is locked out just as a known one is.
ALTER TABLE "staff" DROP COLUMN "failed_sign_ins", DROP COLUMN "locked_until",
ADD COLUMN     "totp_secret" TEXT,
ADD COLUMN     "totp_since" TIMESTAMPTZ(3),
ADD COLUMN     "totp_last_step" BIGINT,
ADD COLUMN     "recovery_hashes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "last_sign_in_at" TIMESTAMPTZ(3);

CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at" DESC, "id" DESC);

-- What Prisma's schema cannot say: the few messages that a person must settle, among millions that went well.
CREATE INDEX "outbound_message_dead" ON "outbound_message" ("account_id", "id") WHERE "state" IN ('dead', 'unknown');
CREATE INDEX "incident_open" ON "incident" ("account_id") WHERE "closed_at" IS NULL;
