/**
 * A province's cadastral map, 1,500,000 generated parcels in VN-2000 metres: imported by the public command's own code, then
 * looked up by number, by point and by identifier, and drawn. `-- --parcels 50000` for a quick look.
 */
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadWording } from "../../src/dialogue/wording.ts";
import { importParcels, importPlanning } from "../../src/features/land/import.ts";
import { toWgs84, type Position } from "../../src/features/land/projection.ts";
import { subjectOf } from "../../src/features/land/report.ts";
import { describe } from "../../src/features/land/show.ts";
import { findByIdentifier, findByNumber, findByPoint } from "../../src/features/land/store.ts";
import { openDatabase, type Database } from "../../src/infra/db.ts";
import { startEmbeddedPostgres } from "../../src/infra/embedded-postgres.ts";
import { ImportReport, type Importer } from "../../src/infra/import/importer.ts";
import { migrate } from "../../src/infra/migrate.ts";
import { createProgress } from "../import/progress.ts";
import { percentile, temporaryFolder } from "./processes.ts";

const ALL = 1_500_000;
const QUESTIONS = 2000;
const PICTURES = 200;
/** What issue and design ask for. */
const AIMS = { lookup: 5, picture: 150, importPerSecond: 20_000 };

/** A parcel's place in the grid: sheets of 250, five hundred sheets a ward, as in a real survey. */
const CELL = 20;
const PER_SHEET = 250;
const SHEETS = 500;
const SOUTH_WEST = { north: 1_115_000, east: 555_000 };

export async function bench(args: string[]) {
  const { values } = parseArgs({ args, options: { parcels: { type: "string", default: String(ALL) } } });
  const count = Number(values.parcels);
  const side = Math.ceil(Math.sqrt(count));
  const folder = temporaryFolder();
  const postgres = await startEmbeddedPostgres(path.join(folder, "database"));
  await migrate(postgres.url);
  const database = openDatabase(postgres.url);
  try {
    const [parcels, plan] = [path.join(folder, "thua-dat.geojson"), path.join(folder, "quy-hoach.geojson")];
    await write(parcels, parcelsOf(count, side));
    await write(plan, zonesOf(side));
    console.log(`${figure(count)} parcels, ${megabytes((await stat(parcels)).size)} of GeoJSON in VN-2000`);
    await importing(importParcels, parcels, database, count);
    await importing(importPlanning, plan, database, 0);
    await asking(database, count, side);
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const figure = (value: number) => Math.round(value).toLocaleString("en");
const megabytes = (bytes: number) => `${figure(bytes / 1e6)} MB`;

// ── the map ──

const wardOf = (sheet: number) => `Phường ${1 + Math.floor((sheet - 1) / SHEETS)}`;
const placeOf = (at: number, side: number) => ({ row: Math.floor(at / side), column: at % side });
const namesOf = (at: number) => {
  const sheetOfAll = Math.floor(at / PER_SHEET);
  const ward = wardOf(sheetOfAll + 1);
  return { sheet: 1 + (sheetOfAll % SHEETS), number: 1 + (at % PER_SHEET), ward };
};

/** A corner of the grid, moved by up to three metres the same way for all parcels that meet there. */
function corner(row: number, column: number): [number, number] {
  const moved = (salt: number) => ((row * 7919 + column * 104_729 + salt * 1299) % 600) / 100 - 3;
  return [
    Math.round((SOUTH_WEST.east + column * CELL + moved(1)) * 1000) / 1000,
    Math.round((SOUTH_WEST.north + row * CELL + moved(2)) * 1000) / 1000,
  ];
}

/** Eight points: the corners, and the middle of each side where the neighbour's line is broken. */
function outlineOf(row: number, column: number): [number, number][] {
  const corners = [
    corner(row, column),
    corner(row, column + 1),
    corner(row + 1, column + 1),
    corner(row + 1, column),
  ];
  const ring = corners.flatMap((point, at) => {
    const [x, y] = point;
    const [nextX, nextY] = corners[(at + 1) % 4]!;
    return [point, [Math.round((x + nextX) * 500) / 1000, Math.round((y + nextY) * 500) / 1000]] as [
      number,
      number,
    ][];
  });
  return [...ring, ring[0]!];
}

const USES = ["ODT", "CLN", "ODT+CLN", "LUC", "HNK", "NTS"];

function* parcelsOf(count: number, side: number): Generator<object> {
  for (let at = 0; at < count; at++) {
    const { row, column } = placeOf(at, side);
    const { sheet, number, ward } = namesOf(at);
    const properties = { SHBanDo: sheet, SHThua: number, TenXa: ward, LoaiDat: USES[at % USES.length] };
    yield { properties, geometry: { type: "Polygon", coordinates: [outlineOf(row, column)] } };
  }
}

/** Blocks of a hundred metres, and a road through every tenth row of them. */
function* zonesOf(side: number): Generator<object> {
  const step = 5;
  for (let row = 0; row < side; row += step) {
    for (let column = 0; column < side; column += step) {
      const [west, south] = corner(row, column);
      const [east, north] = corner(row + step, column + step);
      const coordinates = [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ];
      const code = row % (step * 10) === 0 ? "DGT" : USES[(row + column) % 2]!;
      yield { properties: { code }, geometry: { type: "Polygon", coordinates } };
    }
  }
}

async function write(file: string, features: Generator<object>) {
  const crs = '{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}';
  function* text() {
    yield `{"type":"FeatureCollection","crs":${crs},"features":[\n`;
    let lines: string[] = [];
    let isFirst = true;
    for (const feature of features) {
      lines.push(`${isFirst ? "" : ",\n"}${JSON.stringify({ type: "Feature", ...feature })}`);
      isFirst = false;
      if (lines.length < 500) continue;
      yield lines.join("");
      lines = [];
    }
    yield `${lines.join("")}\n]}\n`;
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
}

// ── the import ──

async function importing(importer: Importer, file: string, database: Database, expected: number) {
  const progress = createProgress();
  const report = new ImportReport(progress.show);
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(process.memoryUsage().rss), 250);
  const begun = performance.now();
  await importer(file, { database, check: false, report, now: new Date() });
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  progress.clear();
  const perSecond = report.added / seconds;
  const quarter = Math.ceil(memory.length / 4);
  const [early, late] = [
    percentile(memory.slice(0, quarter * 2), 50),
    percentile(memory.slice(-quarter), 50),
  ];
  console.log(
    `${path.basename(file)}: ${figure(report.added)} in ${seconds.toFixed(1)} s, ${figure(perSecond)}/s; ${report.bad.length} bad; ` +
      `memory ${megabytes(early)} in the first half, ${megabytes(late)} in the last quarter, at most ${megabytes(Math.max(...memory, 0))}`,
  );
  if (expected > 0 && (report.added !== expected || perSecond < AIMS.importPerSecond)) process.exitCode = 1;
}

// ── the questions ──

async function asking({ db, pool }: Database, count: number, side: number) {
  const somebody = () => Math.floor(Math.random() * count);
  const pointIn = (at: number): Position => {
    const { row, column } = placeOf(at, side);
    const [east, north] = corner(row, column);
    return toWgs84({ north: north + CELL / 2, east: east + CELL / 2 });
  };
  const { rows } = await pool.query<{ geohash: string }>(
    "SELECT geohash FROM parcel TABLESAMPLE SYSTEM (1) LIMIT $1",
    [QUESTIONS],
  );
  const questions: Record<string, (time: number) => Promise<unknown[]>> = {
    "by sheet, number and ward": () => {
      const { sheet, number, ward } = namesOf(somebody());
      return findByNumber(db, sheet, number, [ward]);
    },
    "by sheet and number": () => {
      const { sheet, number } = namesOf(somebody());
      return findByNumber(db, sheet, number, []);
    },
    "by point": () => findByPoint(db, pointIn(somebody())),
    "by identifier": (time) => findByIdentifier(db, rows[time % rows.length]!.geohash),
  };
  for (const [name, ask] of Object.entries(questions)) {
    await measure(name, QUESTIONS, AIMS.lookup, async (time) => {
      if ((await ask(time)).length === 0) throw new Error(`${name}: a parcel was not found`);
    });
  }
  const say = loadWording().in("vi");
  const media = { keepPicture: async (png: Buffer) => String(png.length) };
  const drawn = await Promise.all(
    Array.from({ length: PICTURES }, async () => (await findByPoint(db, pointIn(somebody())))[0]!),
  );
  await measure("answer with its picture", PICTURES, AIMS.picture, async (time) => {
    const { image } = await describe(subjectOf(drawn[time]!), { tx: db, say }, media);
    if (!image) throw new Error("There is no picture.");
  });
}

async function measure(name: string, times: number, aim: number, ask: (time: number) => Promise<void>) {
  for (let time = 0; time < Math.min(20, times); time++) await ask(time);
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const begun = performance.now();
    await ask(time);
    taken.push(performance.now() - begun);
  }
  const told = [50, 95, 99].map((percent) => `p${percent} ${percentile(taken, percent).toFixed(1)}`);
  console.log(`${name.padEnd(28)} ${told.join("   ")} ms (aim ${aim})`);
  if (percentile(taken, 99) > aim) process.exitCode = 1;
}
