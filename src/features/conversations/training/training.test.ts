import { jest } from "@jest/globals";
import { loadWording } from "../../../dialogue/wording.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { createLiveEngine, loadEngine, type LiveEngine } from "../../../language/index.ts";
import { createTraining, watchModels } from "../index.ts";
import type { Follower } from "../../../infra/follow.ts";
import { teach } from "./teach.ts";

jest.setTimeout(180_000); // a model is really taught, on a machine that may be busy
const database = useTestDatabase();
const clock = { now: () => new Date("2026-11-25T03:00:00Z") };
const HERE = "/console/training";
const STRANGE = "bữa nay sóng kêu ò e đầu doi quá trời";
let engine: LiveEngine;
let watch: Follower;
let kit: ConsoleKit;
let admin: Browser;
let agent: Browser;

beforeAll(async () => {
  engine = createLiveEngine(await loadEngine());
  watch = await watchModels(database.db, engine);
  watch.close(); // it looks when it is asked to
  const { console: router } = createTraining({
    db: database.db,
    engine,
    wording: loadWording(),
    clock,
    watch,
  });
  kit = await openConsole(database, { pages: [{ name: "training", router: router! }] });
  admin = await kit.signIn("admin");
  agent = await kit.signIn("agent", "PHU-KHUONG");
});
beforeEach(() => database.db.trainingCandidate.deleteMany());

const put = (text: string, chosenIntent: string | null = null) =>
  database.db.trainingCandidate.create({
    data: {
      ...{ text, chosenIntent, modelVersion: "m-1" },
      readings: [
        { name: "report.noise", confidence: 0.41 },
        { name: "praise", confidence: 0.2 },
      ],
    },
  });
const stateOf = async (id: bigint) => {
  const { state, intent } = await database.db.trainingCandidate.findUniqueOrThrow({ where: { id } });
  return [state, intent];
};

test("the desk shows a message with what it was taken for, and what the resident chose first", async () => {
  await put("<b>kêu</b> quá", "complaint.service");
  const { text } = await agent.get(HERE);
  expect(text).toContain("&lt;b>kêu&lt;/b> quá");
  expect(text.indexOf("Góp ý về cách phục vụ")).toBeLessThan(text.indexOf("Ồn ào, karaoke"));
  expect(text).toContain("41%");
});

test("a message is accepted, left or taken back, each once and by name", async () => {
  const { id } = await put("kêu quá trời");
  await agent.post(`${HERE}/${id}/accept`, { intent: "report.noise" }).expect(303);
  expect(await stateOf(id)).toEqual(["accepted", "report.noise"]);
  await agent.post(`${HERE}/${id}/ignore`, {});
  expect(await stateOf(id)).toEqual(["accepted", "report.noise"]); // who comes second changes nothing
  expect((await agent.get(`${HERE}/accepted`)).text).toContain("kêu quá trời");
  await agent.post(`${HERE}/${id}/undo`, {});
  expect(await stateOf(id)).toEqual(["open", null]);
  await agent.post(`${HERE}/${id}/ignore`, {});
  expect(await stateOf(id)).toEqual(["ignored", null]);
  const actions = await database.db.auditEntry.findMany({ where: { subject: `candidate:${id}` } });
  expect(actions.map(({ action }) => action)).toEqual([
    "training.accepted",
    "training.open",
    "training.ignored",
  ]);
});

test("an intent that is none is not accepted", async () => {
  const { id } = await put("kêu quá trời");
  await agent.post(`${HERE}/${id}/accept`, { intent: "report.unicorn" });
  expect(await stateOf(id)).toEqual(["open", null]);
});

test("what staff accepted is learnt, compared, used everywhere and given up again", async () => {
  const before = engine.modelVersion;
  for (const words of [
    STRANGE,
    `${STRANGE} luôn`,
    `trời ơi ${STRANGE}`,
    `${STRANGE} nghen`,
    `ê ${STRANGE}`,
  ]) {
    const { id } = await put(words);
    await agent.post(`${HERE}/${id}/accept`, { intent: "report.noise" });
  }
  await admin.post(`${HERE}/models`, {}).expect(303);
  await admin.post(`${HERE}/models`, {}); // pressed twice
  const [asked, ...more] = await database.db.taughtModel.findMany();
  expect(more).toEqual([]);
  await teach(database.db, clock, asked!.id);

  const taught = await database.db.taughtModel.findUniqueOrThrow({ where: { id: asked!.id } });
  expect([taught.state, taught.progress, taught.sentences]).toEqual(["ready", "", 5]);
  const page = (await admin.get(`${HERE}/models`)).text;
  expect(page).toContain("Viết không dấu");
  expect(page).toContain("Dùng mô hình này");

  await agent.post(`${HERE}/models/${taught.id}/use`, {}).expect(403);
  await admin.post(`${HERE}/models/${taught.id}/use`, {}).expect(303);
  expect(engine.modelVersion).toBe(taught.version);
  expect(engine.understand(STRANGE).intents[0]?.name).toBe("report.noise");

  const elsewhere = createLiveEngine(engine.shipped);
  (await watchModels(database.db, elsewhere)).close(); // another process, started later
  expect(elsewhere.modelVersion).toBe(taught.version);

  await admin.post(`${HERE}/shipped`, {}).expect(303);
  expect(engine.modelVersion).toBe(before);
  await admin.post(`${HERE}/models/${taught.id}/use`, {}).expect(303); // it can be chosen again
  expect(engine.modelVersion).toBe(taught.version);
  await admin.post(`${HERE}/shipped`, {});
});

test("a model taught beside another shipped one is not used", async () => {
  await database.db.taughtModel.updateMany({ data: { shipped: "older", state: "in_use" } });
  await watch.refresh();
  expect(engine.modelVersion).toBe(engine.shipped.modelVersion);
  expect((await admin.get(`${HERE}/models`)).text).toContain("Của bản cài đặt trước");
});

test("what goes wrong while teaching is said on the page", async () => {
  await database.db.trainingCandidate.create({
    data: { text: "lạ", readings: [], modelVersion: "m", state: "accepted", intent: "gone.intent" },
  });
  await admin.post(`${HERE}/models`, {});
  const { id } = await database.db.taughtModel.findFirstOrThrow({ where: { state: "waiting" } });
  await teach(database.db, clock, id);
  expect((await admin.get(`${HERE}/models`)).text).toContain("Không có chủ đề nào tên “gone.intent”.");
});
