import { useTestDatabase } from "../../infra/testing/database.ts";
import type { LanguageEngine } from "../../language/index.ts";
import { hasConsent } from "../../residents/consents.ts";
import type { Feature } from "../feature.ts";
import { openTown, pretendEngine, type Resident, type Town } from "../testing/people.ts";
import { openCandidates } from "../../residents/candidates.ts";
import { conversations } from "./index.ts";

const database = useTestDatabase();
const known = pretendEngine({ "cảm ơn em": "thanks", "dạ được": "affirm", "thôi khỏi": "deny" });
const readings = [
  { name: "dossier.status", confidence: 0.42 },
  { name: "report.road", confidence: 0.3 },
];
/** Of two minds about everything it was not told of. */
const engine: LanguageEngine = {
  modelVersion: "model-7",
  understand(text, options) {
    const sure = known.understand(text, options);
    if (sure.intents[0]!.name !== "out_of_scope") return sure;
    return { ...sure, readings, intents: [{ name: "out_of_scope", confidence: 0.5 }] };
  },
};
const dossiers: Feature = {
  name: "dossiers",
  answers: { "dossier.status": async () => [{ text: "Dạ, hồ sơ xong rồi." }] },
};
const ASKED = expect.stringContaining("cho em giữ lại những tin em chưa hiểu") as string;
let town: Town;

beforeAll(async () => {
  town = await openTown(database, [dossiers, conversations], engine);
});
beforeEach(() => database.db.trainingCandidate.deleteMany());

const agreed = async (person: Resident) => hasConsent(database.db, (await person.row()).id, "training");

async function misunderstood(person: Resident): Promise<string[]> {
  await person.says("ừm giấy bữa hổm đó");
  return person.says("1");
}

test("once a misunderstanding is cleared up the resident is asked, and a yes in any words is heard", async () => {
  const lan = await town.knownResident("Chị Lan");
  expect(await misunderstood(lan)).toEqual(["Dạ, hồ sơ xong rồi.", ASKED]);
  expect(await agreed(lan)).toBe(false);
  expect(await openCandidates(database.db)).toEqual([]);
  expect(await lan.says("dạ được")).toEqual([expect.stringContaining("dữ liệu của tôi")]);
  expect(await agreed(lan)).toBe(true);
  await lan.says("ừm cái kia nữa");
  expect(await openCandidates(database.db)).toMatchObject([{ text: "ừm cái kia nữa" }]);
});

test("it is asked once, whatever the answer", async () => {
  const ba = await town.knownResident("Anh Ba");
  await misunderstood(ba);
  await ba.says("thôi khỏi");
  expect(await agreed(ba)).toBe(false);
  expect(await misunderstood(ba)).toEqual(["Dạ, hồ sơ xong rồi."]);

  const tu = await town.knownResident("Chú Tư");
  await misunderstood(tu);
  await tu.says("cảm ơn em");
  expect(await tu.says("dạ được")).not.toContainEqual(expect.stringContaining("dữ liệu của tôi"));
  expect(await agreed(tu)).toBe(false);
});

test("an ordinary answer, or a call for a person, is no moment to ask", async () => {
  const nam = await town.knownResident("Cô Năm");
  expect(await nam.says("cảm ơn em")).toHaveLength(1);
  await nam.says("ừm giấy bữa hổm đó");
  await nam.says("ừm giấy bữa hổm đó nè");
  expect(await nam.says("Gặp cán bộ")).toHaveLength(1);
});

test.each([
  "đừng lấy tin nhắn của tôi dạy bot nữa",
  "dung giu tin nhan cua toi de hoc nua nghen",
  "stop using my messages to teach the bot",
])("“%s” takes the consent back, and what waited goes with it", async (words) => {
  const sau = await town.knownResident(`Dì Sáu ${words}`);
  await misunderstood(sau);
  await sau.says("1");
  await sau.says("ừm cái kia nữa");
  expect(await openCandidates(database.db)).toHaveLength(1);
  await sau.says(words);
  expect(await agreed(sau)).toBe(false);
  expect(await openCandidates(database.db)).toEqual([]);
});

test("words about schools and messages of another kind withdraw nothing", async () => {
  const bay = await town.knownResident("Bà Bảy");
  await misunderstood(bay);
  await bay.says("1");
  await bay.says("đừng cho đậu xe trước trường học nữa");
  await bay.says("em ơi không thấy tin nhắn trả lời");
  expect(await agreed(bay)).toBe(true);
});
