/** The written talks, each played on Zalo and on Facebook as signed webhooks into the real gateway. */
import path from "node:path";
import { useTestDatabase } from "../infra/testing/database.ts";
import { loadEngine } from "../language/index.ts";
import { play } from "./testing/play.ts";
import { readScripts } from "./testing/script.ts";
import { openStage, type Stage } from "./testing/stage.ts";

const database = useTestDatabase();
const scripts = readScripts(path.join(import.meta.dirname, "testing/talks"));
let stage: Stage;

beforeAll(async () => {
  stage = await openStage(database, await loadEngine());
});
afterAll(() => stage.close());
/** Each talk begins in a city where nothing was reported yet. */
beforeEach(() => database.db.report.deleteMany());

const plays = scripts.flatMap((script) => script.channels.map((channel) => ({ script, channel })));

test.each(plays.map((one) => ({ ...one, name: `${one.script.title} (${one.channel})` })))(
  "$name",
  async ({ script, channel }) => play(stage, script, channel),
);
