/**
 * Parcels, planning zones and prices from GeoJSON or a zipped Shapefile, in WGS 84 or VN-2000, or (prices) CSV. Rows go in by
 * thousands, so memory stays flat; a layer answers only when all of it is in, and then replaces the one of the same name.
 */
import path from "node:path";
import { z } from "zod";
import type { Database } from "../../infra/db.ts";
import { reasonOf, type Importer } from "../../infra/import/importer.ts";
import { openRows, type Row } from "../../infra/import/rows.ts";
import { areaOf, boxOf, geohash, labelPoint, readShape, type Shape } from "./geometry.ts";
import { openParcelLoader, type Loader } from "./parcel-loader.ts";
import { positionOf, type Axis } from "./projection.ts";
import { openShapefile } from "./shapefile.ts";
import { addPrices, addZones, beginLayer, boxText, dropLayer, finishLayer } from "./store.ts";
import type { NewParcel, NewPrice, NewZone } from "./store.ts";
import { landUse } from "./use-codes.ts";

const BATCH = 2000;

/** The names under which cadastral files carry a fact; case, `_` and spaces do not count. */
const NAMES = {
  sheet: ["sheet", "shbando", "sohieutobando", "tobando", "soto", "to"],
  number: ["number", "parcel", "shthua", "sothututhua", "sothua", "thua"],
  ward: ["ward", "commune", "tenxa", "xa", "xaphuong", "tenphuong", "phuong", "donvihanhchinh"],
  area: ["area", "dientich", "dientichphaply", "dt"],
  use: ["use", "usecodes", "loaidat", "kyhieumucdichsudung", "mucdichsudung", "mdsd", "malodat"],
  address: ["address", "diachi"],
  code: ["code", "loaidat", "maloaidat", "mucdich", "kyhieu", "qh"],
  name: ["name", "ten", "tenquyhoach", "chucnang"],
} as const;

type Fact = keyof typeof NAMES;

/** Reads the named facts out of properties, which are called the same in all features of a file. */
function createPicker(facts: Fact[]): (properties: Record<string, unknown>) => Record<string, unknown> {
  /** The names a fact may stand under in this file, best first, by what its features carry. */
  const known = new Map<string, [Fact, string[]][]>();
  return (properties) => {
    const keys = Object.keys(properties);
    const signature = keys.join("\n");
    if (!known.has(signature)) {
      if (known.size > 1000) known.clear();
      known.set(
        signature,
        facts.map((name) => [name, keysOf(name, keys)]),
      );
    }
    const picked: Record<string, unknown> = {};
    for (const [name, places] of known.get(signature)!) {
      const place = places.find((key) => properties[key] !== null && properties[key] !== "");
      if (place !== undefined) picked[name] = properties[place];
    }
    return picked;
  };
}

const keysOf = (name: Fact, keys: string[]) =>
  NAMES[name].flatMap((wanted) => keys.filter((key) => key.toLowerCase().replace(/[_\s-]/g, "") === wanted));

const whole = z.coerce.number().int().min(1).max(99_999);
const codes = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[+,;/\s]+/))])
  .transform((list) => list.map((code) => code.trim().toUpperCase()).filter(Boolean));

/** Names are compared letter by letter: code page 1258 writes a letter and its tone apart. */
const words = z
  .string()
  .trim()
  .transform((text) => text.normalize("NFC"));

const parcelShape = z.object({
  sheet: whole,
  number: whole,
  ward: words.pipe(z.string().min(2).max(80)),
  area: z.coerce.number().positive().optional(),
  use: codes.default([]),
  address: words.pipe(z.string().max(200)).optional(),
});
const zoneShape = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\p{L}[\p{L}\d./_+-]{0,9}$/u, "is no land-use code such as ODT"),
  name: words.pipe(z.string().max(200)).optional(),
});

export const importParcels: Importer = features(
  "parcels",
  ["sheet", "number", "ward", "area", "use", "address"],
  (properties, shape, warn) => {
    const facts = parcelShape.parse(properties);
    const { sheet, number, ward, use, address } = facts;
    for (const code of use) if (!landUse(code)) warn(`the land-use code ${code} is not known`);
    const box = boxOf(shape);
    if (box.east - box.west > 0.2) throw new Error("geometry: is wider than 20 km");
    const area = facts.area ?? Math.round(areaOf(shape) * 10) / 10;
    const parcel: NewParcel = {
      ...{ sheet, number, ward, area, use_codes: use, address: address ?? null },
      ...{ geohash: geohash(labelPoint(shape)), shape, bounds: boxText(box) },
    };
    return parcel;
  },
  ({ pool }, layerId) => openParcelLoader(pool, layerId),
);

export const importPlanning: Importer = features(
  "planning",
  ["code", "name"],
  (properties, shape, warn) => {
    const { code, name } = zoneShape.parse(properties);
    if (!landUse(code)) warn(`the land-use code ${code} is not known`);
    const zone: NewZone = {
      ...{
        code: code.toUpperCase(),
        name: name ?? landUse(code)?.name ?? code,
        shape,
        bounds: boxText(boxOf(shape)),
      },
    };
    return zone;
  },
  async ({ db }, layerId) => ({
    add: (zones) => addZones(db, layerId, zones),
    finish: async () => {},
    abort: async () => {},
  }),
);

/** The road all maps take: read a feature, check its shape, keep it in a batch. */
function features<Item>(
  kind: "parcels" | "planning",
  facts: Fact[],
  read: (properties: Record<string, unknown>, shape: Shape, warn: (text: string) => void) => Item,
  open: (database: Database, layerId: number) => Promise<Loader<Item>>,
): Importer {
  return async (file, { database, check, report, now }) => {
    const { db } = database;
    const { rows, header, name } = await openMap(file, (part) => (report.part = part));
    const pick = createPicker(facts);
    const noted = new Set<string>();
    const warn = (text: string) => void (noted.has(text) || noted.add(text));
    const layer = { kind, name, source: path.basename(file), asOf: now, sample: false };
    const layerId = check ? null : await beginLayer(db, layer);
    const loader = layerId === null ? null : await open(database, layerId);
    const toPosition = createPositions();
    let batch: Item[] = [];
    const flush = async () => {
      if (batch.length > 0) await loader?.add(batch);
      report.keep("added", batch.length);
      batch = [];
    };
    try {
      for await (const row of rows) {
        if ("problem" in row) {
          report.refuse(row.line, row.problem);
          continue;
        }
        try {
          const { geometry, properties } = row.value as {
            geometry?: unknown;
            properties?: Record<string, unknown>;
          };
          batch.push(read(pick(properties ?? {}), readShape(geometry, toPosition(header)), warn));
        } catch (error) {
          report.refuse(row.line, error instanceof z.ZodError ? reasonOf(error) : (error as Error).message);
        }
        if (batch.length >= BATCH) await flush();
      }
      await flush();
      if (report.good === 0) {
        // the map of before stays: a file that holds nothing must not take its place
        await loader?.abort();
        if (layerId !== null) await dropLayer(db, layerId);
        return;
      }
      await loader?.finish();
      if (layerId !== null) await finishLayer(db, layerId, kind, name);
    } catch (error) {
      await loader?.abort();
      if (layerId !== null) await dropLayer(db, layerId);
      throw error;
    }
    for (const text of noted) report.note(text);
  };
}

interface MapFile {
  rows: AsyncIterable<Row>;
  header: Record<string, unknown>;
  /** A layer of this name is replaced. */
  name: string;
}

async function openMap(file: string, onRead: (part: number) => void): Promise<MapFile> {
  const name = path.basename(file).replace(/\.\w+$/, "");
  if (/\.zip$/i.test(file)) return { ...(await openShapefile(file, onRead)), name };
  const { rows, header } = await openRows(file, "features", onRead);
  return { rows, header, name };
}

/** Reads coordinates by what the file has said of its system so far: in GeoJSON that comes before the features. */
function createPositions() {
  const axes = { "105.75": positionOf("105.75"), "105.5": positionOf("105.5") };
  let said: unknown;
  let axis: Axis = "105.75";
  return (header: Record<string, unknown>) => {
    const says = header.crs ?? header.prj;
    if (says !== said) [said, axis] = [says, axisOf(header)];
    return axes[axis];
  };
}

/** The central meridian, by what the file says of its system. */
function axisOf(header: Record<string, unknown>): Axis {
  const says = JSON.stringify(header.crs ?? header.prj ?? "");
  return /9209|105[.,]?50*(?!\d)|105°30|105 30/.test(says) ? "105.5" : "105.75";
}

const priceShape = z.object({
  street: z.string().trim().min(2),
  stretch: z.string().trim().optional(),
  ward: z.string().trim().optional(),
  useCode: z.string().trim().optional(),
  price: z.preprocess(
    (given) => (typeof given === "string" ? Number(given.replace(/[.,\s](?=\d{3}\b)/g, "")) : given),
    z.number().positive(),
  ),
});

/** Columns `street`, `stretch`, `ward`, `useCode`, `price` (đồng a m²). */
export const importPrices: Importer = async (file, { database: { db }, check, report, now }) => {
  const { rows } = await openRows(file, "prices");
  const name = path.basename(file).replace(/\.\w+$/, "");
  const prices: NewPrice[] = [];
  for await (const row of rows) {
    if ("problem" in row) {
      report.refuse(row.line, row.problem);
      continue;
    }
    const read = priceShape.safeParse(row.value);
    if (!read.success) {
      report.refuse(row.line, reasonOf(read.error));
      continue;
    }
    const { street, stretch, ward, useCode, price } = read.data;
    prices.push({ street, price, stretch: stretch ?? null, ward: ward ?? null, useCode: useCode ?? null });
    report.keep("added");
  }
  if (check || prices.length === 0) return;
  const id = await beginLayer(db, {
    kind: "prices",
    name,
    source: path.basename(file),
    asOf: now,
    sample: false,
  });
  for (let at = 0; at < prices.length; at += BATCH) await addPrices(db, id, prices.slice(at, at + BATCH));
  await finishLayer(db, id, "prices", name);
};
