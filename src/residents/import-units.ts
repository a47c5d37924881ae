/** `npm run import -- units FILE`: the offices that publish and answer, parents before or after their children. */
import { z } from "zod";
import type { Tx } from "../infra/db.ts";
import { foldDiacritics } from "../language/index.ts";
import { readValid, type ImportContext, type Importer } from "../infra/import/importer.ts";
import { openRows } from "../infra/import/rows.ts";

const text = z.coerce.string().trim();
const maybe = text.nullish().transform((value) => value || null);

/**
 * The official list of administrative units has a ward's code, its full name and what it was formed from: its unit here
 * is the one of that code, or one named after it.
 */
const official = z
  .object({ code: z.string().regex(/^\d{5}$/), fullName: text })
  .transform(({ code, fullName }) => ({
    areaCode: code,
    name: fullName,
    code: foldDiacritics(fullName.replace(/^(?:Phường|Xã|Thị trấn) /u, ""))
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, "-"),
  }));
const asUnit = (row: unknown) => official.safeParse(row).data ?? row;

const unitShape = z.preprocess(
  asUnit,
  z.object({
    code: text
      .toUpperCase()
      .regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, "must be letters, digits and dashes such as PHU-KHUONG"),
    name: text.min(1, "is empty"),
    /** The unit it belongs to; the area as a whole when left out. */
    parent: maybe.transform((code) => code?.toUpperCase() ?? null),
    /** The ward's administrative code, where it is one. */
    areaCode: maybe,
  }),
);
type UnitRow = z.output<typeof unitShape>;

const ROOT = "DO-THI";

export const importUnits: Importer = async (file, context) => {
  const { rows } = await openRows(file, ["units", "newUnits"]);
  const read = new Map<string, { line: number; unit: UnitRow }>();
  for await (const { line, value } of readValid(rows, unitShape, context.report)) {
    const twin = read.get(value.code);
    if (twin) context.report.refuse(line, `code: ${value.code} stands already on line ${twin.line}`);
    else read.set(value.code, { line, unit: value });
  }
  const { db } = context.database;
  const known = new Set((await db.unit.findMany({ select: { code: true } })).map(({ code }) => code));
  for (const { line, unit } of inOrder(read, known, context)) {
    const what = await stateOf(db, unit);
    if (!context.check && what !== "unchanged") await keepUnit(db, unit).catch(refuse(line, context));
    context.report.keep(what);
  }
};

/** Parents first; a unit whose parent is nowhere, or beneath itself, is refused. */
function inOrder(
  read: Map<string, { line: number; unit: UnitRow }>,
  known: Set<string>,
  { report }: ImportContext,
) {
  const ordered: { line: number; unit: UnitRow }[] = [];
  const placed = new Set(known);
  let left = [...read.values()];
  for (let more = true; more;) {
    const ready = left.filter(
      ({ unit }) => placed.has(parentOf(unit) ?? unit.code) || parentOf(unit) === null,
    );
    for (const each of ready) placed.add(each.unit.code);
    ordered.push(...ready);
    left = left.filter((each) => !ready.includes(each));
    more = ready.length > 0;
  }
  for (const { line, unit } of left)
    report.refuse(line, `parent: there is no unit ${unit.parent}, or it lies beneath ${unit.code}`);
  return ordered;
}

const parentOf = ({ code, parent }: UnitRow) => (code === ROOT ? null : (parent ?? ROOT));

async function stateOf(tx: Tx, unit: UnitRow): Promise<"added" | "changed" | "unchanged"> {
  const kept = await tx.unit.findUnique({ where: { code: unit.code } });
  if (!kept) return "added";
  const isSame =
    kept.name === unit.name &&
    kept.parentCode === parentOf(unit) &&
    (unit.areaCode ?? kept.areaCode) === kept.areaCode;
  return isSame ? "unchanged" : "changed";
}

async function keepUnit(tx: Tx, unit: UnitRow): Promise<void> {
  const { code, name, areaCode } = unit;
  const data = { name, parentCode: parentOf(unit), ...(areaCode ? { areaCode } : {}), sample: false };
  await tx.unit.upsert({ where: { code }, create: { code, ...data }, update: data });
}

const refuse =
  (line: number, { report }: ImportContext) =>
  (error: Error) =>
    report.refuse(line, error.message.split("\n").at(-1)!.slice(0, 200));
