-- AlterTable
ALTER TABLE "announcement" ADD COLUMN     "for_press" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "rumour" ADD COLUMN     "announcement_id" BIGINT,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ADD COLUMN     "settled_by_id" INTEGER;

-- CreateTable
CREATE TABLE "rumour_asker" (
    "rumour_id" BIGINT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "follows" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "rumour_asker_pkey" PRIMARY KEY ("rumour_id","resident_id")
);

-- CreateTable
CREATE TABLE "notice_device" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "press_contact" (
    "id" SERIAL NOT NULL,
    "unit_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "press_contact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rumour_asker_resident_id_idx" ON "rumour_asker"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_device_code_key" ON "notice_device"("code");

-- CreateIndex
CREATE UNIQUE INDEX "press_contact_token_key" ON "press_contact"("token");

-- CreateIndex
CREATE UNIQUE INDEX "press_contact_unit_code_email_key" ON "press_contact"("unit_code", "email");

-- AddForeignKey
ALTER TABLE "rumour" ADD CONSTRAINT "rumour_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rumour" ADD CONSTRAINT "rumour_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rumour_asker" ADD CONSTRAINT "rumour_asker_rumour_id_fkey" FOREIGN KEY ("rumour_id") REFERENCES "rumour"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rumour_asker" ADD CONSTRAINT "rumour_asker_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_device" ADD CONSTRAINT "notice_device_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "press_contact" ADD CONSTRAINT "press_contact_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "unit"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
