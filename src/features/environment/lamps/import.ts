/** Lamps out of a CSV (`code,street,latitude,longitude,unit`) or GeoJSON points with the same properties. */
import { z } from "zod";
import type { Importer } from "../../../infra/import/importer.ts";
import { readValid } from "../../../infra/import/importer.ts";
import { openRows } from "../../../infra/import/rows.ts";
import { isInProvince } from "../../../places/index.ts";
import { keepLamp } from "./store.ts";

const blank = (value: unknown) => (value === "" || value === null ? undefined : value);
const degrees = z.preprocess(blank, z.coerce.number().optional());

const flat = z
  .object({
    code: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-ZĐ]{1,6}-?\d{1,5}[A-Z]?$/u, "must look like NH-012"),
    street: z.preprocess(blank, z.string().trim().max(120).optional()),
    latitude: degrees,
    longitude: degrees,
    unit: z.preprocess(blank, z.string().trim().toUpperCase().optional()),
    source: z.preprocess(blank, z.string().trim().max(200).optional()),
  })
  .superRefine(({ latitude, longitude }, check) => {
    if ((latitude === undefined) !== (longitude === undefined))
      check.addIssue({ code: "custom", path: ["latitude"], message: "latitude and longitude go together" });
    else if (latitude !== undefined && !isInProvince({ latitude, longitude: longitude! }))
      check.addIssue({
        ...{ code: "custom", path: ["latitude"] },
        message: `${latitude}, ${longitude} lies outside the province`,
      });
  });

/** A feature of GeoJSON as a flat row; anything else as it is. */
const shape = z.preprocess((row) => {
  if (typeof row !== "object" || row === null || !("properties" in row)) return row;
  const { properties, geometry } = row as { properties: object | null; geometry?: unknown };
  const point = z
    .object({ type: z.literal("Point"), coordinates: z.tuple([z.number(), z.number()]).rest(z.number()) })
    .safeParse(geometry);
  const [longitude, latitude] = point.data?.coordinates ?? [];
  return { ...properties, ...(point.success ? { latitude, longitude } : {}) };
}, flat);

export const importLamps: Importer = async (file, { database, check, report }) => {
  const { rows } = await openRows(file, "features", (part) => (report.part = part));
  const units = new Set(
    (await database.db.unit.findMany({ select: { code: true } })).map(({ code }) => code),
  );
  const lines = new Map<string, number>();
  for await (const { line, value } of readValid(rows, shape, report)) {
    const { code, street, latitude, longitude, unit = "DO-THI", source = "nhập từ tệp" } = value;
    const first = lines.get(code);
    if (first) {
      report.refuse(line, `code: ${code} stands on line ${first} already`);
      continue;
    }
    lines.set(code, line);
    if (!units.has(unit)) {
      report.refuse(line, `unit: there is no unit ${unit}`);
      continue;
    }
    const place = { latitude: latitude ?? null, longitude: longitude ?? null };
    const facts = { code, street: street ?? null, ...place, unitCode: unit, source };
    report.keep(await database.transaction((tx) => keepLamp(tx, facts, check)));
  }
};
