-- What staff corrected is proposed on the training desk as theirs.
ALTER TABLE "training_candidate" ADD COLUMN "corrected_by" INTEGER;
