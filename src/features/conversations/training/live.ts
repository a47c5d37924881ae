/** Every process of the service understands by the model in use, seconds after it was chosen in one of them. */
import type { Db } from "../../../infra/db.ts";
import { log } from "../../../infra/log.ts";
import { engineOfFile, type LiveEngine } from "../../../language/index.ts";
import { fileOf, modelInUse } from "./store.ts";

/** One look at an index of one row, ms. */
const LOOKS_EVERY = 5_000;

export interface ModelWatch {
  /** Looks now: for who has just chosen. */
  refresh(): Promise<void>;
  close(): void;
}

export async function watchModels(db: Db, engine: LiveEngine): Promise<ModelWatch> {
  async function refresh() {
    const chosen = await modelInUse(db, engine.shipped.modelVersion);
    if ((chosen?.version ?? engine.shipped.modelVersion) === engine.modelVersion) return;
    const file = chosen && (await fileOf(db, chosen.id));
    engine.use(file ? engineOfFile(file) : engine.shipped);
    log.info({ model: engine.modelVersion }, "residents are now understood by this model");
  }
  const attempt = () =>
    refresh().catch((error: unknown) => log.warn({ err: error }, "the model in use could not be read"));
  await attempt();
  const timer = setInterval(() => void attempt(), LOOKS_EVERY).unref();
  return { refresh, close: () => clearInterval(timer) };
}
