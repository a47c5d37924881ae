/**
 * Loads a whole layer of parcels: by COPY into a table of its own, indexed once all of it is there, and then made a child of
 * `parcel`, so that readers see all of a map or nothing, and an old map goes by dropping its table.
 */
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Prisma, type Tx } from "../../infra/db.ts";
import type { NewParcel } from "./store.ts";

export interface Loader<Item> {
  add(items: Item[]): Promise<void>;
  /** All of it is in: it can be shown from now on. */
  finish(): Promise<void>;
  abort(): Promise<void>;
}

const tableOf = (layerId: number) => `parcel_${layerId}`;

const INDEXES = ["(id)", "(sheet, number, ward)", "(geohash)", "USING GIST (bounds)"];

export async function openParcelLoader(pool: Pool, layerId: number): Promise<Loader<NewParcel>> {
  const table = tableOf(layerId);
  const client = await pool.connect();
  await client.query(`CREATE TABLE ${table} (LIKE parcel INCLUDING DEFAULTS)`);
  const copy = client.query(copyFrom(`COPY ${table} (${COLUMNS}) FROM STDIN`));
  const copied = finished(copy);
  copied.catch(() => {}); // told by whoever waits for it next
  let isHeld = true;
  return {
    async add(parcels) {
      const lines = parcels.map((parcel) => lineOf(layerId, parcel)).join("");
      if (!copy.write(lines)) await Promise.race([once(copy, "drain"), copied]);
    },
    async finish() {
      copy.end();
      await copied;
      await client.query("SET maintenance_work_mem = '256MB'");
      for (const index of INDEXES) await client.query(`CREATE INDEX ON ${table} ${index}`);
      await client.query("RESET maintenance_work_mem");
      await client.query(`ANALYZE ${table}`);
      isHeld = false;
      client.release();
    },
    async abort() {
      copy.destroy();
      if (isHeld) client.release(true); // the server forgets what was under way
      await pool.query(`DROP TABLE IF EXISTS ${table}`);
    },
  };
}

const COLUMNS = "layer_id, sheet, number, ward, area, use_codes, address, geohash, shape, bounds";

/** A line of COPY's text format. */
function lineOf(layerId: number, parcel: NewParcel): string {
  const { sheet, number, ward, area, use_codes, address, geohash, shape, bounds } = parcel;
  const codes = `{${use_codes.map((code) => `"${code.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
  const fields = [
    ...[layerId, sheet, number, escaped(ward), area, escaped(codes)],
    ...[address === null ? "\\N" : escaped(address), geohash, JSON.stringify(shape), bounds],
  ];
  return `${fields.join("\t")}\n`;
}

const SIGNS: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "" };
const escaped = (text: string) => text.replace(/[\\\t\n\r\0]/g, (sign) => SIGNS[sign]!);

/** Shows a loaded layer's parcels; nothing to do for one that was not loaded this way. */
export async function showLoaded(tx: Tx, layerId: number): Promise<void> {
  if (await isLoaded(tx, layerId))
    await tx.$executeRaw(Prisma.raw(`ALTER TABLE ${tableOf(layerId)} INHERIT parcel`));
}

export async function dropLoaded(tx: Tx, layerIds: number[]): Promise<void> {
  for (const layerId of layerIds)
    await tx.$executeRaw(Prisma.raw(`DROP TABLE IF EXISTS ${tableOf(layerId)}`));
}

async function isLoaded(tx: Tx, layerId: number): Promise<boolean> {
  const [found] = await tx.$queryRaw<
    { there: boolean }[]
  >`SELECT to_regclass(${tableOf(layerId)}) IS NOT NULL AS there`;
  return found!.there;
}
