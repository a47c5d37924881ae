/** Parcels, planning zones and prices: found by number, by point, by identifier, by street. */
import { z } from "zod";
import { Prisma, type Db, type Tx } from "../../infra/db.ts";
import { foldDiacritics } from "../../language/index.ts";
import { holds, type Box, type Shape } from "./geometry.ts";
import { dropLoaded, showLoaded } from "./parcel-loader.ts";
import { portalParcelShape, type PortalParcel } from "./portal-parcel.ts";
import type { Position } from "./projection.ts";

export interface Layer {
  name: string;
  source: string;
  asOf: Date;
  sample: boolean;
}

export interface FoundParcel {
  id: bigint;
  sheet: number;
  number: number;
  ward: string;
  area: number;
  useCodes: string[];
  address: string | null;
  geohash: string;
  shape: Shape;
  layer: Layer;
}

export interface FoundZone {
  code: string;
  name: string;
  shape: Shape;
  layer: Layer;
}

const PARCEL = Prisma.sql`
  p.id, p.sheet, p.number, p.ward, p.area, p.use_codes AS "useCodes", p.address, p.geohash, p.shape,
  jsonb_build_object('name', l.name, 'source', l.source, 'asOf', l.as_of, 'sample', l.sample) AS layer`;
const FROM_PARCELS = Prisma.sql`FROM parcel p JOIN land_layer l ON l.id = p.layer_id AND l.ready`;

/** @param wards names of the time of the survey; none: in every ward. More than `MOST` are too many to choose from. */
export async function findByNumber(
  tx: Db | Tx,
  sheet: number,
  number: number,
  wards: string[],
): Promise<FoundParcel[]> {
  const within = wards.length > 0 ? Prisma.sql`AND p.ward = ANY(${wards})` : Prisma.empty;
  return dated(
    await tx.$queryRaw<FoundParcel[]>`
      SELECT ${PARCEL} ${FROM_PARCELS} WHERE p.sheet = ${sheet} AND p.number = ${number} ${within} ORDER BY p.id LIMIT 20`,
  );
}

export async function findByPoint(tx: Db | Tx, point: Position): Promise<FoundParcel[]> {
  const [lon, lat] = point;
  const near = await tx.$queryRaw<FoundParcel[]>`
    SELECT ${PARCEL} ${FROM_PARCELS} WHERE p.bounds @> box(point(${lon}, ${lat}), point(${lon}, ${lat})) LIMIT 50`;
  return dated(near.filter(({ shape }) => holds(shape, point)));
}

/** A geohash that is a little off is still the same parcel when its cell lies in it: ten characters are about a metre. */
export async function findByIdentifier(tx: Db | Tx, identifier: string): Promise<FoundParcel[]> {
  return dated(
    await tx.$queryRaw<
      FoundParcel[]
    >`SELECT ${PARCEL} ${FROM_PARCELS} WHERE p.geohash = ${identifier} LIMIT 5`,
  );
}

export async function findById(tx: Db | Tx, id: bigint): Promise<FoundParcel | null> {
  const [found] = await tx.$queryRaw<FoundParcel[]>`SELECT ${PARCEL} ${FROM_PARCELS} WHERE p.id = ${id}`;
  return found ? dated([found])[0]! : null;
}

/** What is drawn around a parcel. */
export async function neighbours(
  tx: Db | Tx,
  box: Box,
): Promise<Pick<FoundParcel, "id" | "number" | "shape" | "useCodes">[]> {
  return tx.$queryRaw`
    SELECT id, number, shape, use_codes AS "useCodes" FROM parcel
    WHERE bounds && ${boxText(box)}::text::box LIMIT 400`;
}

export async function zonesIn(tx: Db | Tx, box: Box): Promise<FoundZone[]> {
  return dated(
    await tx.$queryRaw<FoundZone[]>`
      SELECT z.code, z.name, z.shape,
             jsonb_build_object('name', l.name, 'source', l.source, 'asOf', l.as_of, 'sample', l.sample) AS layer
      FROM planning_zone z JOIN land_layer l ON l.id = z.layer_id AND l.ready
      WHERE z.bounds && ${boxText(box)}::text::box LIMIT 200`,
  );
}

/** JSON has no dates. */
function dated<Row extends { layer: Layer }>(rows: Row[]): Row[] {
  return rows.map((row) => ({ ...row, layer: { ...row.layer, asOf: new Date(row.layer.asOf) } }));
}

export const boxText = ({ west, south, east, north }: Box) => `(${east},${north}),(${west},${south})`;

export const foldStreet = (street: string) =>
  foldDiacritics(street.toLowerCase())
    .replace(/^(?:duong|dai lo)\s+/, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

export function pricesOf(tx: Db | Tx, street: string) {
  return tx.landPrice.findMany({
    where: { folded: foldStreet(street), layer: { ready: true } },
    orderBy: { id: "asc" },
    take: 20,
    include: { layer: true },
  });
}

export const hasLayers = async (tx: Db | Tx, kind: string) =>
  (await tx.landLayer.count({ where: { kind, ready: true } })) > 0;

// ── the last answers of the land portal ──

/** @returns by which its parcels are named until it is asked the same again */
export async function keepAnswer(
  tx: Db | Tx,
  question: string,
  parcels: PortalParcel[],
  fetchedAt: Date,
): Promise<bigint> {
  const answer = { parcels: parcels as unknown as Prisma.InputJsonValue, fetchedAt };
  const { id } = await tx.landAnswer.upsert({
    where: { question },
    create: { question, ...answer },
    update: answer,
    select: { id: true },
  });
  return id;
}

interface KeptAnswer {
  id: bigint;
  parcels: PortalParcel[];
  fetchedAt: Date;
}

/** null as well when an older program kept it in a form that cannot be read. */
export async function lastAnswer(
  tx: Db | Tx,
  which: { question: string } | { id: bigint },
): Promise<KeptAnswer | null> {
  const row = await tx.landAnswer.findUnique({ where: which });
  const read = z.array(portalParcelShape).safeParse(row?.parcels);
  return row && read.success ? { id: row.id, parcels: read.data, fetchedAt: row.fetchedAt } : null;
}

export const forgetAnswers = (db: Db, before: Date) =>
  db.landAnswer.deleteMany({ where: { fetchedAt: { lt: before } } });

// ── keeping what is imported ──

export interface NewLayer extends Layer {
  kind: "parcels" | "planning" | "prices";
}

/** What a load that was broken off left behind is swept away after this, ms. */
const LONGEST_LOAD = 86_400_000;

/** A layer of the same name is replaced when the new one is complete: until then the old one answers. */
export async function beginLayer(db: Db, { kind, name, ...layer }: NewLayer): Promise<number> {
  const broken = { ready: false, importedAt: { lt: new Date(Date.now() - LONGEST_LOAD) } };
  const left = await db.landLayer.findMany({ where: broken, select: { id: true } });
  for (const { id } of left) await dropLayer(db, id);
  const { id } = await db.landLayer.create({
    data: { kind, name: `${name} (loading ${Date.now()})`, ready: false, ...layer },
  });
  return id;
}

export async function finishLayer(db: Db, id: number, kind: string, name: string): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const replaced = await tx.landLayer.findMany({ where: { kind, name }, select: { id: true } });
      await dropLoaded(
        tx,
        replaced.map((layer) => layer.id),
      );
      await tx.landLayer.deleteMany({ where: { kind, name } });
      await showLoaded(tx, id);
      await tx.landLayer.update({ where: { id }, data: { name, ready: true } });
    },
    { timeout: 600_000 },
  );
}

export async function dropLayer(db: Db, id: number): Promise<void> {
  await dropLoaded(db, [id]);
  await db.landLayer.deleteMany({ where: { id } });
}

export interface NewParcel {
  sheet: number;
  number: number;
  ward: string;
  area: number;
  use_codes: string[];
  address: string | null;
  geohash: string;
  shape: Shape;
  bounds: string;
}

export interface NewZone {
  code: string;
  name: string;
  shape: Shape;
  bounds: string;
}

/** A few parcels at once; a whole map goes by the parcel loader. */
export async function addParcels(db: Db | Tx, layerId: number, parcels: NewParcel[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO parcel (layer_id, sheet, number, ward, area, use_codes, address, geohash, shape, bounds)
    SELECT ${layerId}, sheet, number, ward, area, ARRAY(SELECT jsonb_array_elements_text(use_codes)), address, geohash, shape, bounds::box
    FROM jsonb_to_recordset(${JSON.stringify(parcels)}::jsonb) AS p(sheet int, number int, ward text, area float8, use_codes jsonb,
      address text, geohash text, shape jsonb, bounds text)`;
}

export async function addZones(db: Db | Tx, layerId: number, zones: NewZone[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO planning_zone (layer_id, code, name, shape, bounds)
    SELECT ${layerId}, code, name, shape, bounds::box
    FROM jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) AS z(code text, name text, shape jsonb, bounds text)`;
}

export interface NewPrice {
  street: string;
  stretch: string | null;
  ward: string | null;
  useCode: string | null;
  price: number;
}

export async function addPrices(db: Db | Tx, layerId: number, prices: NewPrice[]): Promise<void> {
  await db.landPrice.createMany({
    data: prices.map((price) => ({ ...price, layerId, folded: foldStreet(price.street) })),
  });
}
