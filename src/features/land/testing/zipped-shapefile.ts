/** For tests: writes polygons as a zipped Shapefile (ESRI's description of July 1998; dBASE III for the facts). */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

export interface ShapeRow {
  /** [x, y]; outlines run clockwise, holes the other way. null: a record without a shape. */
  rings: [number, number][][] | null;
  facts: Record<string, string | number>;
}

export interface ShapefileParts {
  rows: ShapeRow[];
  prj?: string;
  cpg?: string;
  /** Where the files stand in the zip: "to12/". */
  folder?: string;
  /** Bytes of the .shp that are left out at its end. */
  cut?: number;
  without?: ".shp" | ".dbf";
  /** Of the facts; UTF-8 unless another is given. */
  encode?: (text: string) => Buffer;
}

export async function zipShapefile(file: string, parts: ShapefileParts): Promise<string> {
  const { rows, prj, cpg, folder = "", cut = 0, without, encode = Buffer.from } = parts;
  const shp = shpOf(rows);
  const entries: Record<string, Buffer | undefined> = {
    "LICH-SU.txt": Buffer.from("Bản đồ vẽ thử"),
    "thua.shp": without === ".shp" ? undefined : shp.subarray(0, shp.length - cut),
    "thua.dbf": without === ".dbf" ? undefined : dbfOf(rows, encode),
    "thua.prj": prj === undefined ? undefined : Buffer.from(prj),
    "thua.cpg": cpg === undefined ? undefined : Buffer.from(cpg),
  };
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(entries)) if (bytes) zip.addBuffer(bytes, folder + name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

const POLYGON = 5;

function shpOf(rows: ShapeRow[]): Buffer {
  const records = rows.map(({ rings }, at) => {
    const content = rings ? polygonOf(rings) : Buffer.alloc(4);
    const head = Buffer.alloc(8);
    head.writeInt32BE(at + 1, 0);
    head.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([head, content]);
  });
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + Buffer.concat(records).length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(POLYGON, 32);
  boxOf(rows.flatMap(({ rings }) => rings ?? [])).forEach((value, at) =>
    head.writeDoubleLE(value, 36 + at * 8),
  );
  return Buffer.concat([head, ...records]);
}

function polygonOf(rings: [number, number][][]): Buffer {
  const points = rings.flat();
  const content = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
  content.writeInt32LE(POLYGON, 0);
  boxOf(rings).forEach((value, at) => content.writeDoubleLE(value, 4 + at * 8));
  content.writeInt32LE(rings.length, 36);
  content.writeInt32LE(points.length, 40);
  let first = 0;
  rings.forEach((ring, at) => {
    content.writeInt32LE(first, 44 + at * 4);
    first += ring.length;
  });
  points.flat().forEach((value, at) => content.writeDoubleLE(value, 44 + rings.length * 4 + at * 8));
  return content;
}

function boxOf(rings: [number, number][][]): number[] {
  const points = rings.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const WIDTH = 60;

function dbfOf(rows: ShapeRow[], encode: (text: string) => Buffer): Buffer {
  const names = Object.keys(rows[0]!.facts);
  const head = Buffer.alloc(32 + names.length * 32 + 1);
  head.writeUInt8(3, 0);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + names.length * WIDTH, 10);
  names.forEach((name, at) => {
    head.write(name.slice(0, 10), 32 + at * 32, "latin1");
    head.write("C", 32 + at * 32 + 11, "latin1");
    head.writeUInt8(WIDTH, 32 + at * 32 + 16);
  });
  head.writeUInt8(13, head.length - 1);
  const records = rows.map(({ facts }) => {
    const record = Buffer.alloc(1 + names.length * WIDTH, " ");
    names.forEach((name, at) => encode(String(facts[name] ?? "")).copy(record, 1 + at * WIDTH, 0, WIDTH));
    return record;
  });
  return Buffer.concat([head, ...records, Buffer.from([26])]);
}
