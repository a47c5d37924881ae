/** Other offices' systems that are asked for dossiers and parcels: can their files be used, do they answer. */
import { OperatorError, type Config } from "../config.ts";
import { createHttpSource, readSourceConfig } from "../features/dossiers/index.ts";
import { createLandSource, readLandSourceConfig } from "../features/land/index.ts";
import { bad, ok, warn, type Finding } from "../infra/findings.ts";
import { SourceUnavailable, type JsonSource } from "../infra/json-source/source.ts";

export async function examineSources({ DOSSIER_SOURCE, LAND_SOURCE }: Config): Promise<Finding[]> {
  return [
    ...(DOSSIER_SOURCE ? [await examine("DOSSIER_SOURCE", () => openDossiers(DOSSIER_SOURCE))] : []),
    ...(LAND_SOURCE ? [await examine("LAND_SOURCE", () => openLand(LAND_SOURCE))] : []),
  ];
}

interface Probe {
  /** Asks for what nobody has filed or surveyed: "there is no such thing" is a good answer. */
  ask(): Promise<unknown>;
  close(): void;
}

async function openDossiers(file: string): Promise<Probe> {
  const source = createHttpSource(await readSourceConfig(file));
  return probe(source, "000.00.00.H07-200101-0000");
}

async function openLand(file: string): Promise<Probe> {
  const source = createLandSource(await readLandSourceConfig(file));
  const questions = [
    { by: "number" as const, sheet: 99_999, number: 99_999, ward: "Phường An Hội" },
    { by: "identifier" as const, identifier: "w3g000000000" },
    { by: "point" as const, point: [106.9, 9.9] as [number, number] }, // at sea
  ];
  return probe(
    source,
    questions.find((question) => source.canAnswer(question))!,
  );
}

const probe = <Question>(source: JsonSource<Question, unknown>, question: Question): Probe => ({
  ask: () => source.find(question),
  close: () => source.close(),
});

async function examine(what: string, open: () => Promise<Probe>): Promise<Finding> {
  let source: Probe | null = null;
  try {
    source = await open();
    await source.ask();
    return ok(what, "answers");
  } catch (error) {
    if (error instanceof OperatorError) return bad(what, error.message, "Mend the file it names.");
    if (!(error instanceof SourceUnavailable)) throw error;
    return findingOf(what, error.reason);
  } finally {
    source?.close();
  }
}

function findingOf(what: string, reason: string): Finding {
  if (reason === "private_address" || reason === "host")
    return bad(
      what,
      `is not called (${reason})`,
      "Only https and public addresses are, but for its trustedOrigin.",
    );
  if (/^status_40[13]$/.test(reason))
    return bad(what, `refuses us (${reason})`, "Is the secret in its headers right?");
  if (/^(?:unknown|other|no|bad|too)_/.test(reason) && reason !== "too_large")
    return warn(
      what,
      `answers a made-up question with something that cannot be read (${reason})`,
      "Say in notFound how it tells that there is no such thing, and compare fields with its answer.",
    );
  return bad(
    what,
    `does not answer as it should (${reason})`,
    "Try its address from this machine; ask its office.",
  );
}
