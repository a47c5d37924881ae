-- CreateTable
CREATE TABLE "key_mark" (
    "id" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "key_mark_pkey" PRIMARY KEY ("id")
);
