-- Which message told it: when that message could not be sent, the news is still to be told.
ALTER TABLE "report_news" ADD COLUMN "message_key" TEXT;
