/** A zipped Shapefile: its .shp, .dbf and .prj, unpacked into a temporary folder and read a feature at a time. */
import { createWriteStream } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { open as openShape } from "shapefile";
import yauzl from "yauzl";
import { OperatorError } from "../../config.ts";
import type { Row } from "../../infra/import/rows.ts";

const WANTED = /\.(shp|dbf|prj|cpg)$/i;
/** A zip that unpacks to more is refused: cadastral files of a whole city are far smaller. */
const LARGEST = 4 * 1024 ** 3;

/** @throws OperatorError when it is no zip, or there is no .shp with its .dbf in it. */
export async function openShapefile(
  file: string,
  onRead: (part: number) => void = () => {},
): Promise<{ rows: AsyncIterable<Row>; header: Record<string, unknown> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "shapefile-"));
  try {
    await unpack(file, folder);
    const prj = await readFile(path.join(folder, "layer.prj"), "utf8").catch(() => "");
    const cpg = await readFile(path.join(folder, "layer.cpg"), "utf8").catch(() => "");
    const source = await openShape(path.join(folder, "layer.shp"), path.join(folder, "layer.dbf"), {
      encoding: encodingOf(cpg),
    });
    const count = await countRecords(path.join(folder, "layer.dbf"));
    const rows = rowsOf(source, folder, file, (line) => onRead(Math.min(1, line / count)));
    return { rows, header: { prj } };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      `${file} is no zipped Shapefile (${(error as Error).message}). It needs a .shp and its .dbf.`,
    );
  }
}

/** A dBASE file says in its head how many records it holds. */
async function countRecords(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return Math.max(1, buffer.readUInt32LE(4));
  } finally {
    await handle.close();
  }
}

/** "UTF-8", "65001", "ANSI 1258", "1258" → a name that decoders know. */
function encodingOf(cpg: string): string {
  const page = /\d{3,5}$/.exec(cpg.trim())?.[0];
  if (!cpg.trim() || page === "65001") return "utf-8";
  return page?.startsWith("125") ? `windows-${page}` : cpg.trim();
}

async function* rowsOf(
  source: { read(): Promise<{ done: boolean; value: unknown }> },
  folder: string,
  file: string,
  onRow: (line: number) => void,
): AsyncGenerator<Row> {
  try {
    for (let line = 1; ; line++) {
      const { done, value } = await source.read().catch((error: Error) => {
        throw new OperatorError(`${file} cannot be read beyond feature ${line - 1}: ${error.message}`);
      });
      if (done) return;
      onRow(line);
      yield { line, value: value as Record<string, unknown> };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first of each kind, under names of our own: what a zip calls its entries never becomes a path. */
async function unpack(file: string, folder: string): Promise<void> {
  const zip = await yauzl.openPromise(file);
  try {
    for await (const entry of zip.eachEntry()) {
      const kind = WANTED.exec(entry.fileName)?.[1]?.toLowerCase();
      if (!kind) continue;
      if (entry.uncompressedSize > LARGEST) throw new OperatorError(`${file} unpacks to more than 4 GB.`);
      const stream = await zip.openReadStreamPromise(entry);
      await pipeline(stream, createWriteStream(path.join(folder, `layer.${kind}`)));
    }
  } finally {
    zip.close();
  }
}
