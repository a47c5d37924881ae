-- AlterTable
ALTER TABLE "resident" ADD COLUMN     "teaching_asked" TEXT;
