-- Who is told of which announcement, in which form, and when they were.
CREATE TABLE "announcement_notice" (
    "announcement_id" BIGINT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    CONSTRAINT "announcement_notice_pkey" PRIMARY KEY ("announcement_id", "kind", "resident_id")
);
CREATE INDEX "announcement_notice_resident_id_told_at_idx" ON "announcement_notice"("resident_id", "told_at");
ALTER TABLE "announcement_notice" ADD CONSTRAINT "announcement_notice_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "announcement_notice" ADD CONSTRAINT "announcement_notice_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
