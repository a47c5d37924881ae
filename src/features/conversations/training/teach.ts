/** The job that teaches: one at a time, in a process of its own, its progress written down as it goes. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { vi } from "../../../bilingual/index.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import { isWorse, MODEL_FILE } from "../../../language/index.ts";
import { acceptedSentences, fileOf, findModel, modelInUse, updateModel, type Comparison } from "./store.ts";

const PROGRAM = fileURLToPath(new URL("teach-program.ts", import.meta.url));
const SHIPPED_FILE = fileURLToPath(new URL(`../../../../${MODEL_FILE}`, import.meta.url));
/** Training takes seconds; what takes longer hangs, ms. */
const LONGEST = 10 * 60_000;

/** Harmless if run twice: what is done is not done again, what was cut off begins anew. */
export async function teach(db: Db, clock: Clock, id: number): Promise<void> {
  const model = await findModel(db, id);
  if (model?.state !== "waiting" && model?.state !== "teaching") return;
  const folder = await mkdtemp(path.join(tmpdir(), "teach-"));
  try {
    const sentences = await acceptedSentences(db);
    await updateModel(db, id, {
      ...{ state: "teaching", progress: vi`Đang chuẩn bị`, sentences: sentences.length },
    });
    await writeFile(path.join(folder, "job.json"), JSON.stringify({ sentences }));
    await writeFile(path.join(folder, "current.bin"), await currentFile(db, model.shipped));
    await runProgram(folder, (progress) => updateModel(db, id, { progress }));
    const { version, comparison } = JSON.parse(await readFile(path.join(folder, "result.json"), "utf8")) as {
      version: string;
      comparison: Comparison;
    };
    const refused = isWorse(comparison.fresh, comparison.current);
    await updateModel(db, id, {
      ...{ state: refused ? "refused" : "ready", progress: "", doneAt: clock.now() },
      ...{ version, comparison: comparison as object },
      file: new Uint8Array(await readFile(path.join(folder, "fresh.bin"))),
    });
  } catch (error) {
    const progress = (error as Error).message.slice(0, 300);
    await updateModel(db, id, { state: "failed", progress, doneAt: clock.now() });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function currentFile(db: Db, shipped: string): Promise<Buffer> {
  const inUse = await modelInUse(db, shipped);
  return (inUse && (await fileOf(db, inUse.id))) ?? readFile(SHIPPED_FILE);
}

async function runProgram(folder: string, tell: (line: string) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, folder], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST,
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  for await (const line of createInterface({ input: child.stdout })) await tell(line);
  const code = await ended;
  if (code === 0) return;
  const reason = /^(?:\w*Error): (.+)$/m.exec(complaint)?.[1];
  throw new Error(reason ?? `Chương trình dạy dừng giữa chừng (${code ?? "quá lâu"}).`);
}
