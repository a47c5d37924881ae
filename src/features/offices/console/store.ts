/** Offices as staff keep them. */
import { Prisma } from "../../../infra/generated/client.ts";
import type { Tx } from "../../../infra/db.ts";
import { foldDiacritics } from "../../../language/index.ts";
import { wardOfCode } from "../../../places/index.ts";
import type { Stretches } from "../../../residents/work-time.ts";
import { isoDay, kept, type Office } from "../store.ts";

/** As the console sees it: what was withdrawn too. */
export interface KeptOffice extends Office {
  withdrawnAt: Date | null;
}

/** What staff write of an office. */
export type OfficeEdit = Omit<Office, "code" | "asOf">;

export interface OfficeDay {
  /** "2026-11-25" */
  day: string;
  name: string;
  /** None: closed. */
  hours: Stretches;
}

/** The unit whose staff keep the offices that serve all wards. */
const WHOLE_AREA = "DO-THI";

/** The wards whose offices the staff of these units keep; "" stands for all of them together. */
export async function wardsOf(tx: Tx, units: string[]): Promise<string[]> {
  const rows = await tx.unit.findMany({
    where: { code: { in: units }, areaCode: { not: null } },
    orderBy: { code: "asc" },
  });
  const wards = rows.map(({ areaCode }) => wardOfCode(areaCode!)).filter((ward) => ward !== null);
  return units.includes(WHOLE_AREA) ? ["", ...wards] : wards;
}

const inWards = (wards: string[]) => ({
  OR: [{ ward: { in: wards } }, ...(wards.includes("") ? [{ ward: null }] : [])],
});

export async function officesIn(tx: Tx, wards: string[]): Promise<KeptOffice[]> {
  const rows = await tx.office.findMany({
    where: inWards(wards),
    orderBy: [{ withdrawnAt: { sort: "asc", nulls: "first" } }, { code: "asc" }],
  });
  return rows.map(kept);
}

export async function findOffice(tx: Tx, wards: string[], code: string): Promise<KeptOffice | null> {
  const row = await tx.office.findFirst({ where: { code, ...inWards(wards) } });
  return row && kept(row);
}

/** @returns its code, made of its name: "Trạm y tế Phú Tân" → TRAM-Y-TE-PHU-TAN. */
export async function addOffice(tx: Tx, { hours, ...edit }: OfficeEdit, asOf: string): Promise<string> {
  const bare = foldDiacritics(edit.name)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  const taken = await tx.office.findMany({ where: { code: { startsWith: bare } }, select: { code: true } });
  const codes = new Set(taken.map(({ code }) => code));
  let code = bare || "CO-QUAN";
  for (let at = 2; codes.has(code); at++) code = `${bare}-${at}`;
  await tx.office.create({ data: { ...edit, code, asOf, hours: jsonOf(hours) } });
  return code;
}

const jsonOf = (hours: Office["hours"]) => (hours ? (hours as object[]) : Prisma.DbNull);

/** @returns the fields that are different now. */
export async function changeOffice(tx: Tx, code: string, edit: OfficeEdit, asOf: string): Promise<string[]> {
  const before = await tx.office.findUniqueOrThrow({ where: { code } });
  const changed = (Object.keys(edit) as (keyof OfficeEdit)[]).filter(
    (field) => JSON.stringify(edit[field]) !== JSON.stringify(before[field]),
  );
  const { hours, ...rest } = edit;
  await tx.office.update({
    where: { code },
    data: { ...rest, hours: jsonOf(hours), asOf, updatedAt: new Date() },
  });
  return changed;
}

export async function setOfficeWithdrawn(tx: Tx, code: string, at: Date | null): Promise<void> {
  await tx.office.update({ where: { code }, data: { withdrawnAt: at } });
}

/** @param from "2026-11-25": days before it are over */
export async function listDays(tx: Tx, officeCode: string, from: string): Promise<OfficeDay[]> {
  const rows = await tx.officeDay.findMany({
    where: { officeCode, day: { gte: new Date(from) } },
    orderBy: { day: "asc" },
  });
  return rows.map(({ day, name, hours }) => ({
    day: isoDay(day),
    name,
    hours: hours as unknown as Stretches,
  }));
}

export async function setOfficeDay(
  tx: Tx,
  officeCode: string,
  { day, name, hours }: OfficeDay,
): Promise<void> {
  const at = new Date(day);
  await tx.officeDay.upsert({
    where: { officeCode_day: { officeCode, day: at } },
    create: { officeCode, day: at, name, hours },
    update: { name, hours },
  });
}

export async function dropOfficeDay(tx: Tx, officeCode: string, day: string): Promise<void> {
  await tx.officeDay.deleteMany({ where: { officeCode, day: new Date(day) } });
}
