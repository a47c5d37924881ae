/** The papers of a procedure, by case: all of them when they are few, else the case is asked for first. */
import type { Choice } from "../../channels/channel.ts";
import { askFor } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { ProcedureDocument, ProcedureRecord } from "./record.ts";

/** More than fits on two screens of a phone is asked about, not poured out. */
const READABLE = 1600;
/** The longest a line gets: the law's own sentence goes on for a paragraph, the portal shows it whole. */
const LONGEST_LINE = 220;

interface Case {
  /** null: papers that every case needs. */
  name: string | null;
  documents: ProcedureDocument[];
}

export function documentsOf(
  data: ProcedureRecord,
  say: Wording,
  chosen: number | null,
): { text: string; choices?: Choice[] } {
  const cases = casesOf(data.documents);
  if (cases.length === 0) return { text: say("procedures.papersUnknown") };
  const more = data.documentsTruncated ? [say("procedures.papersTruncated")] : [];
  const named = cases.filter(({ name }) => name !== null);
  const asked = chosen === null ? undefined : named[chosen];
  const shown = asked ? cases.filter(({ name }) => name === null || name === asked.name) : cases;
  const text = [say("procedures.papers"), ...shown.flatMap((each) => caseInLines(each, say)), ...more].join(
    "\n",
  );
  if (asked || text.length <= READABLE || named.length < 2) return { text };
  const common = cases.filter(({ name }) => name === null).flatMap((each) => caseInLines(each, say));
  const intro =
    common.join("\n").length < READABLE && common.length > 0 ? [say("procedures.papers"), ...common] : [];
  return {
    text: [...intro, say("procedures.whichCase")].join("\n"),
    choices: named.slice(0, MOST_CASES).map(({ name }, at) => ({
      label: caseName(name!),
      value: askFor("procedure.documents", `${data.code}#${at}`),
    })),
  };
}

const MOST_CASES = 8;

function casesOf(documents: ProcedureDocument[]): Case[] {
  const cases = new Map<string | null, ProcedureDocument[]>();
  for (const document of documents) {
    const known = cases.get(document.group);
    if (known) known.push(document);
    else cases.set(document.group, [document]);
  }
  const all = [...cases].map(([name, list]) => ({ name, documents: list }));
  return [...all.filter(({ name }) => name === null), ...all.filter(({ name }) => name !== null)];
}

function caseInLines({ name, documents }: Case, say: Wording): string[] {
  const lines = documents.map((document) => `– ${documentInWords(document, say)}`);
  return name === null ? lines : [`▸ ${caseName(name)}:`, ...lines];
}

/** "(1.1) Đối với công trình không theo tuyến:" → "Công trình không theo tuyến" */
function caseName(name: string): string {
  const plain = name
    .replace(/^[\s(]*[\d.]+\)?\s*/, "")
    .replace(/^(?:Đối với|Trường hợp)\s+/i, "")
    .replace(/[\s:;,.]+$/, "");
  const short = plain.length > 90 ? `${plain.slice(0, plain.lastIndexOf(" ", 89))}…` : plain;
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function documentInWords({ name, originals, copies }: ProcedureDocument, say: Wording): string {
  const plain = name.replace(/^[-–+•\s]+/, "").replace(/[\s;.]+$/, "");
  const line =
    plain.length > LONGEST_LINE ? `${plain.slice(0, plain.lastIndexOf(" ", LONGEST_LINE - 1))}…` : plain;
  const counts = [
    originals ? say("procedures.originals", { count: originals }) : "",
    copies ? say("procedures.copies", { count: copies }) : "",
  ].filter(Boolean);
  return counts.length > 0 ? `${line} (${counts.join(", ")})` : line;
}
