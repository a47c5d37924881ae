/** The offices in the database, and the days they are closed or open against the calendar. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Db, Tx } from "../../infra/db.ts";
import type { Hours } from "../../infra/office-time.ts";
import { workTimeOfOffice } from "../../residents/work-time.ts";
import type { Day } from "./answer.ts";
import { dayAfter, type EnteredDay } from "./open.ts";

export const KINDS = ["committee", "police", "hospital", "post", "power", "land", "other"] as const;
export type OfficeKind = (typeof KINDS)[number];

export interface Office {
  code: string;
  kind: OfficeKind;
  name: string;
  ward: string | null;
  aliases: string[];
  address: string | null;
  addressNote: string | null;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
  hours: Hours[] | null;
  note: string | null;
  source: string;
  asOf: string;
}

const text = z.string().trim().min(1);
const maybe = text.nullish().transform((value) => value ?? null);
const degrees = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
export const hoursShape = z.array(
  z.object({
    days: z.array(z.number().int().min(1).max(7)).min(1),
    from: z.string().regex(/^\d\d:\d\d$/),
    to: z.string().regex(/^\d\d:\d\d$/),
  }),
);

const shape = z.object({
  code: text,
  kind: z.enum(KINDS),
  name: text,
  ward: maybe,
  aliases: z.array(text).default([]),
  address: maybe,
  addressNote: maybe,
  phone: maybe,
  latitude: degrees,
  longitude: degrees,
  hours: hoursShape.nullish().transform((value) => value ?? null),
  note: maybe,
  source: text,
  asOf: text,
});

const KNOWN = path.join(import.meta.dirname, "known.yml");

/** What every installation begins with. What staff changed is not touched, what they withdrew stays so. */
export async function ensureOffices(db: Db): Promise<void> {
  const file = parse(await readFile(KNOWN, "utf8")) as {
    offices: { kind: string }[];
    defaults: Record<string, object>;
  };
  const rows = file.offices.map((office) => shape.parse({ ...file.defaults[office.kind], ...office }));
  await db.office.createMany({
    data: rows.map(({ hours, ...row }) => ({ ...row, ...(hours ? { hours: hours } : {}) })),
    skipDuplicates: true,
  });
}

export async function listOffices(tx: Tx): Promise<Office[]> {
  const rows = await tx.office.findMany({ where: { withdrawnAt: null }, orderBy: { code: "asc" } });
  return rows.map(kept);
}

export const kept = <Row extends { kind: string; hours: unknown }>(row: Row) => ({
  ...row,
  kind: row.kind as OfficeKind,
  hours: row.hours as Hours[] | null,
});

/** When it works on and around a day, and what was entered for these days. */
export async function dayOf(tx: Tx, office: Office, day: string, now: Date): Promise<Day> {
  const [work, days] = await Promise.all([
    workTimeOfOffice(tx, office, now),
    enteredDays(tx, office.code, [day, dayAfter(day)]),
  ]);
  return { day, work, entered: (each) => days.get(each) ?? null };
}

/** Days somebody entered, for this office or for all: off although the calendar does not know, or worked in exchange. */
async function enteredDays(tx: Tx, code: string, days: string[]): Promise<Map<string, EnteredDay>> {
  const day = { in: days.map((each) => new Date(each)) };
  const [ofAll, own] = await Promise.all([
    tx.specialDay.findMany({ where: { day } }),
    tx.officeDay.findMany({ where: { officeCode: code, day } }),
  ]);
  return new Map([
    ...ofAll.map(({ day, name, isWorking }) => [isoDay(day), { name, isWorking }] as const),
    ...own.map(
      ({ day, name, hours }) => [isoDay(day), { name, isWorking: (hours as unknown[]).length > 0 }] as const,
    ),
  ]);
}

export const isoDay = (day: Date) => day.toISOString().slice(0, 10);
