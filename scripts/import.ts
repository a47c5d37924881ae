/** npm run --silent import -- KIND FILE [--check]: loads a file of JSON or CSV; works beside a running service. */
import "dotenv/config";
import { parseArgs } from "node:util";
import { OperatorError, readConfig } from "../src/config.ts";
import { ImportReport, type Importer } from "../src/infra/import/importer.ts";
import { openInstallation } from "../src/installation.ts";
import { createProgress } from "./import/progress.ts";

/** A kind is loaded only when it is asked for. */
const KINDS: Record<string, () => Promise<Importer>> = {
  dossiers: async () => (await import("../src/features/dossiers/import.ts")).importDossiers,
  procedures: async () => (await import("../src/features/procedures/import.ts")).importProcedures,
  parcels: async () => (await import("../src/features/land/import.ts")).importParcels,
  planning: async () => (await import("../src/features/land/import.ts")).importPlanning,
  "land-prices": async () => (await import("../src/features/land/import.ts")).importPrices,
  lamps: async () => (await import("../src/features/environment/lamps/import.ts")).importLamps,
  announcements: async () => (await import("../src/features/announcements/import.ts")).importAnnouncements,
  followers: async () => (await import("../src/features/announcements/import-followers.ts")).importFollowers,
  units: async () => (await import("../src/residents/import-units.ts")).importUnits,
};

const USAGE = `Usage: npm run --silent import -- ${Object.keys(KINDS).join("|")} FILE [--check]`;

/** 0: every row was kept. 1: some rows are bad, the others were kept. 2: nothing could be done. */
async function main(): Promise<number> {
  const { kind, file, check } = readArguments();
  const importer = await KINDS[kind]!();
  const progress = createProgress();
  const report = new ImportReport(progress.show);
  const installation = await openInstallation(readConfig(), { prepare: false });
  try {
    await importer(file, { database: installation.database, check, report, now: new Date() });
  } finally {
    progress.clear();
    await installation.close();
  }
  print(report, check);
  return report.bad.length > 0 ? 1 : 0;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { check: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [kind, file, ...rest] = positionals;
  if (!kind || !file || rest.length > 0) throw new OperatorError(USAGE);
  if (!Object.hasOwn(KINDS, kind)) throw new OperatorError(`There is no import of "${kind}".\n${USAGE}`);
  return { kind, file, check: values.check };
}

function print(report: ImportReport, check: boolean) {
  for (const note of report.notes) console.log(note);
  for (const { line, reason } of report.bad) console.error(`line ${line}: ${reason}`);
  const { added, changed, unchanged, bad } = report;
  const kept = `${added} new, ${changed} changed, ${unchanged} unchanged`;
  console.log(`${check ? "Checked, nothing kept" : "Kept"}: ${kept}; ${bad.length} bad.`);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof OperatorError) && !(error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS"))
    throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
