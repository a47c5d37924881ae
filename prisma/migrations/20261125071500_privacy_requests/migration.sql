-- AlterTable
ALTER TABLE "privacy_request" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "staff_id" INTEGER,
ADD COLUMN     "subject" TEXT,
ADD COLUMN     "unit_code" TEXT;

UPDATE "privacy_request" p SET "unit_code" = a."unit_code"
FROM "resident" r JOIN "account" a ON a."id" = r."account_id" WHERE r."id" = p."resident_id";
