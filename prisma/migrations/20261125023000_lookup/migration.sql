-- Procedures, dossiers and offices: what residents look up.

CREATE TABLE "procedure" (
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "data" JSONB NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" INTEGER,
    "withdrawn_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "procedure_version" (
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "origin" TEXT NOT NULL,
    "staff_id" INTEGER,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_version_pkey" PRIMARY KEY ("code","version")
);

CREATE TABLE "procedure_catalogue" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "categories" JSONB NOT NULL,
    "clarify_groups" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "procedure_catalogue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "dossier" (
    "code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "status_text" TEXT,
    "unit" TEXT,
    "procedure" TEXT,
    "received_on" DATE,
    "due_on" DATE,
    "finished_on" DATE,
    "note" TEXT,
    "phone_ending" TEXT,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dossier_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "dossier_answer" (
    "code" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_answer_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "dossier_follow" (
    "code" TEXT NOT NULL,
    "resident_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "pending" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dossier_follow_pkey" PRIMARY KEY ("code","resident_id")
);

CREATE TABLE "dossier_try" (
    "key" TEXT NOT NULL,
    "wrong" INTEGER NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_try_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "office" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ward" TEXT,
    "aliases" TEXT[],
    "address" TEXT,
    "address_note" TEXT,
    "phone" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "hours" JSONB,
    "note" TEXT,
    "source" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "valid_from" DATE,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "withdrawn_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "office_pkey" PRIMARY KEY ("code")
);

CREATE INDEX "dossier_follow_resident_id_idx" ON "dossier_follow"("resident_id");

ALTER TABLE "procedure_version" ADD CONSTRAINT "procedure_version_code_fkey" FOREIGN KEY ("code") REFERENCES "procedure"("code") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "dossier_follow" ADD CONSTRAINT "dossier_follow_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
