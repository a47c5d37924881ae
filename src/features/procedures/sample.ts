/** Procedures of our own writing for the demo: codes, names and figures are real, the rest is short and plain. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import type { Db } from "../../infra/db.ts";
import { clarifyGroupShape, procedureShape, type ProcedureRecord } from "./record.ts";
import { keepCatalogue, keepVersion } from "./store.ts";

const FILE = path.join(import.meta.dirname, "sample.yml");

/** Where there is not one procedure yet: a demo that was given real data is left alone. */
export async function ensureSampleProcedures(db: Db, now: Date): Promise<void> {
  if ((await db.procedure.count()) > 0) return;
  const { procedures, categories, clarifyGroups } = await readSample();
  await db.$transaction(
    async (tx) => {
      for (const data of procedures) await keepVersion(tx, { data, origin: "sample", now });
      await keepCatalogue(tx, { categories, clarifyGroups }, now);
    },
    { timeout: 60_000 },
  );
}

export async function readSample() {
  const file = parse(await readFile(FILE, "utf8")) as {
    asOf: string;
    categories: Record<string, string>;
    clarifyGroups: unknown[];
    procedures: Record<string, Brief>;
  };
  return {
    procedures: Object.entries(file.procedures).map(([code, brief]) => unfold(code, brief, file.asOf)),
    categories: file.categories,
    clarifyGroups: file.clarifyGroups.map((group) => clarifyGroupShape.parse(group)),
  };
}

/** The shorthand of the file: `fee: 8000`, `days: 3`, papers as lines, "Trường hợp: giấy" for the papers of a case. */
interface Brief {
  name: string;
  short: string;
  in: string;
  level: string[];
  agency?: string;
  mode: ("in_person" | "online" | "post")[];
  time?: { value: number; unit: string | null };
  fee: string | number;
  per?: string;
  note?: string;
  papers: (string | Record<string, string[]>)[];
  law: string[];
  asked: string[];
}

function unfold(code: string, brief: Brief, asOf: string): ProcedureRecord {
  const amount = typeof brief.fee === "number" ? brief.fee : null;
  const note = [brief.per ? `(/${brief.per})` : "", brief.note ?? ""].join("");
  return procedureShape.parse({
    code,
    name: brief.name,
    shortName: brief.short,
    category: brief.in,
    agency: brief.agency ?? null,
    level: brief.level,
    mode: brief.mode,
    methods: brief.mode.map((channel) => ({
      channel,
      time: brief.time ? { ...brief.time, raw: null } : null,
      feeStatus: amount === null ? brief.fee : "amount",
      feeAmount: amount,
      feeCurrency: amount === null ? null : "VND",
      note: note || null,
    })),
    documents: brief.papers.flatMap((paper) => papersIn(paper)),
    legalBasis: brief.law,
    url: `https://dichvucong.gov.vn/thu-tuc-hanh-chinh?maThuTuc=${code}`,
    aliases: brief.asked,
    asOf,
    source: { name: "sample" },
  });
}

function papersIn(paper: Brief["papers"][number]): { name: string; group: string | null }[] {
  if (typeof paper === "string") return [{ name: paper, group: null }];
  return Object.entries(paper).flatMap(([group, names]) => names.map((name) => ({ name, group })));
}
