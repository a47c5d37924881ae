-- AlterTable
ALTER TABLE "station" ADD COLUMN     "off_at" TIMESTAMPTZ(3),
ADD COLUMN     "warns_low" BOOLEAN NOT NULL DEFAULT false;
