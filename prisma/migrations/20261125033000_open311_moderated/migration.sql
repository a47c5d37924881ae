-- What this program files is looked at by staff before it is public; until a unit accepts it the program has a token.
ALTER TABLE "open311_key" ADD COLUMN "moderated" BOOLEAN NOT NULL DEFAULT true;
