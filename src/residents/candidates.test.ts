/** What staff correct lies on the training desk with their label, if the resident agreed to it, and is settled there once. */
import { useTestDatabase } from "../infra/testing/database.ts";
import type { LanguageEngine } from "../language/index.ts";
import { createLearn, decide, keepCandidate, openCandidates } from "./candidates.ts";
import { giveConsent } from "./consents.ts";
import { ensureUnits } from "./units.ts";

const database = useTestDatabase();
const at = new Date("2026-11-25T03:00:00Z");
const taken = (name: string, confidence: number) => ({ name, confidence });
const understanding = (text: string, readings = [taken("report.lighting", 0.97)]) => ({
  ...{ text, readings, intents: readings, entities: [], language: "vi" as const },
});
const engine: LanguageEngine = { modelVersion: "model-7", understand: (text) => understanding(text) };
const learn = createLearn(engine);
let residentId: bigint;

beforeAll(async () => {
  await ensureUnits(database.db);
  const secrets = { appSecret: "x", webhookSecret: "x" };
  const account = await database.db.account.create({
    data: { channel: "zalo", externalId: "oa", unitCode: "PHU-KHUONG", name: "OA", ...secrets },
  });
  const who = { accountId: account.id, externalId: "cô Bảy" };
  residentId = (await database.db.resident.create({ data: who })).id;
});
beforeEach(async () => {
  await database.db.trainingCandidate.deleteMany();
  await database.db.consent.deleteMany();
});

const correct = (text: string, ...intents: string[]) =>
  learn(database.db, { residentId, text, intents, staffId: 7 });

test("their first sentence, redacted, with what the bot took it for and what staff say it is", async () => {
  await giveConsent(database.db, residentId, "training");
  expect(await correct("Dây điện thòng xuống, gọi 0903123456! Nhà em ở hẻm nhỏ.", "report.power")).toBe(true);
  expect(await openCandidates(database.db)).toEqual([
    expect.objectContaining({
      ...{ text: "Dây điện thòng xuống, gọi [phone]!", chosenIntent: "report.power", correctedBy: 7 },
      ...{ modelVersion: "model-7", readings: [taken("report.lighting", 0.97)] },
    }),
  ]);
});

test("not without consent, and not what the bot is sure of already", async () => {
  expect(await correct("Dây điện thòng xuống", "report.power")).toBe(false);
  await giveConsent(database.db, residentId, "training");
  expect(await correct("Đèn đường tắt", "report.tree", "report.lighting")).toBe(false);
  expect(await openCandidates(database.db)).toEqual([]);
});

test("what lay on the desk for being unclear gets the label, not a twin; corrected twice, the last word counts", async () => {
  await giveConsent(database.db, residentId, "training");
  await keepCandidate(database.db, residentId, understanding("cái đó hư rồi", []), "model-6");
  await correct("cái đó hư rồi", "report.road");
  await correct("cái đó hư rồi", "report.power");
  expect(await openCandidates(database.db)).toMatchObject([
    { text: "cái đó hư rồi", modelVersion: "model-6", chosenIntent: "report.power", correctedBy: 7 },
  ]);
});

test("of two who settle it one is first; put back it is open, and nobody has decided", async () => {
  await giveConsent(database.db, residentId, "training");
  await correct("Dây điện thòng xuống", "report.power");
  const { id } = (await openCandidates(database.db))[0]!;
  const settle = (intent: string) =>
    decide(database.db, id, "open", { state: "accepted", intent, staffId: 3, at });
  expect((await Promise.all([settle("report.power"), settle("report.tree")])).sort()).toEqual([false, true]);
  expect(await decide(database.db, id, "accepted", { state: "open", intent: null, staffId: 3, at })).toBe(
    true,
  );
  expect(await database.db.trainingCandidate.findUnique({ where: { id } })).toMatchObject({
    ...{ state: "open", intent: null, decidedBy: null, decidedAt: null },
  });
});
