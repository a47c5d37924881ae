-- AlterTable
ALTER TABLE "unit" ADD COLUMN     "approvals" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "announcement" ADD COLUMN     "cover_alt" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "announcement_file" (
    "id" BIGSERIAL NOT NULL,
    "announcement_id" BIGINT NOT NULL,
    "media_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "announcement_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement_comment" (
    "id" BIGSERIAL NOT NULL,
    "announcement_id" BIGINT NOT NULL,
    "staff_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "announcement_comment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "announcement_file_announcement_id_idx" ON "announcement_file"("announcement_id");

-- CreateIndex
CREATE INDEX "announcement_comment_announcement_id_idx" ON "announcement_comment"("announcement_id");

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_cover_hash_fkey" FOREIGN KEY ("cover_hash") REFERENCES "media"("hash") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_file" ADD CONSTRAINT "announcement_file_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_file" ADD CONSTRAINT "announcement_file_media_hash_fkey" FOREIGN KEY ("media_hash") REFERENCES "media"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_comment" ADD CONSTRAINT "announcement_comment_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_comment" ADD CONSTRAINT "announcement_comment_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
