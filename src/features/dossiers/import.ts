/** `npm run import -- dossiers FILE`: what an office's system exports, with its own column names in Vietnamese or ours. */
import { importRows } from "../../infra/import/importer.ts";
import { dossierShape } from "./shape.ts";
import { findLocal, keepDossier } from "./store.ts";

export const importDossiers = importRows("dossiers", dossierShape, async (dossier, { database, check }) => {
  if (check) return (await findLocal(database.db, dossier.code)) ? "unchanged" : "added";
  return database.db.$transaction((tx) => keepDossier(tx, dossier));
});
