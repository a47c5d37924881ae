CREATE TABLE "privacy_request" (
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "resident_id" BIGINT,
    "state" TEXT NOT NULL DEFAULT 'received',
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "token_hash" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "privacy_request_code_key" ON "privacy_request"("code");
CREATE UNIQUE INDEX "privacy_request_token_hash_key" ON "privacy_request"("token_hash");
CREATE INDEX "privacy_request_resident_id_idx" ON "privacy_request"("resident_id");

CREATE TABLE "consent" (
    "resident_id" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("resident_id", "purpose")
);
ALTER TABLE "consent" ADD CONSTRAINT "consent_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "purge_run" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed" JSONB NOT NULL,

    CONSTRAINT "purge_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);
