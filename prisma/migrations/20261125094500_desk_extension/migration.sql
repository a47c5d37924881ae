-- The one extension the law allows for a request about personal data.
ALTER TABLE "privacy_request" ADD COLUMN "extended_at" TIMESTAMPTZ(3), ADD COLUMN "extension_reason" TEXT;
