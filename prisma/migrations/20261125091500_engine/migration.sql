-- An expansion goes on where it stopped.
ALTER TABLE "announcement_sending" ADD COLUMN "expanded_to" BIGINT;

-- A limit gives moments away instead of filling a bucket: full at the start, a bucket let twice the limit through in its first second.
ALTER TABLE "send_limit" ADD COLUMN "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now();
ALTER TABLE "send_limit" ALTER COLUMN "next_at" DROP DEFAULT, DROP COLUMN "tokens", DROP COLUMN "refilled_at";

-- The platform's own id is known only once a message has been sent: rows that wait need no place in its index.
DROP INDEX "outbound_message_external_id_idx";
CREATE INDEX "outbound_message_external_id_idx" ON "outbound_message" ("external_id") WHERE "external_id" IS NOT NULL;

-- Both tables live and die by the thousand while a sending goes: cleaned long before a fifth of a big table has changed.
ALTER TABLE "outbound_message" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "announcement_notice" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
