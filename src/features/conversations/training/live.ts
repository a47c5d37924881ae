/** Every process of the service understands by the model in use, seconds after it was chosen in one of them. */
import type { Db } from "../../../infra/db.ts";
import { follow, type Follower } from "../../../infra/follow.ts";
import { log } from "../../../infra/log.ts";
import { engineOfFile, type LiveEngine } from "../../../language/index.ts";
import { fileOf, modelInUse } from "./store.ts";

/** One look at an index of one row, ms. */
const LOOKS_EVERY = 5_000;

/** A model that cannot be read leaves the one that is understood by. */
export function watchModels(db: Db, engine: LiveEngine): Promise<Follower> {
  const isOptional = true;
  return follow("the model in use", LOOKS_EVERY, look, isOptional);

  async function look() {
    const chosen = await modelInUse(db, engine.shipped.modelVersion);
    if ((chosen?.version ?? engine.shipped.modelVersion) === engine.modelVersion) return;
    const file = chosen && (await fileOf(db, chosen.id));
    engine.use(file ? engineOfFile(file) : engine.shipped);
    log.info({ model: engine.modelVersion }, "residents are now understood by this model");
  }
}
