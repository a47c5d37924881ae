-- CreateTable
CREATE TABLE "office_day" (
    "office_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "hours" JSONB NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "office_day_pkey" PRIMARY KEY ("office_code","day")
);

-- AddForeignKey
ALTER TABLE "office_day" ADD CONSTRAINT "office_day_office_code_fkey" FOREIGN KEY ("office_code") REFERENCES "office"("code") ON DELETE CASCADE ON UPDATE CASCADE;
