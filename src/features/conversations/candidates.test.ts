import { useTestDatabase } from "../../infra/testing/database.ts";
import type { LanguageEngine } from "../../language/index.ts";
import { openCandidates } from "../../residents/candidates.ts";
import { giveConsent, withdrawConsent } from "../../residents/consents.ts";
import { openTown, pretendEngine, type Resident, type Town } from "../testing/people.ts";
import { conversations } from "./index.ts";

const database = useTestDatabase();
const known = pretendEngine({ "cảm ơn em": "thanks" });
const readings = [
  { name: "dossier.status", confidence: 0.42 },
  { name: "greeting", confidence: 0.3 },
];
/** Of two minds about everything it was not told of. */
const engine: LanguageEngine = {
  modelVersion: "model-7",
  understand(text, options) {
    const sure = known.understand(text, options);
    return text === "cảm ơn em"
      ? sure
      : { ...sure, readings, intents: [{ name: "out_of_scope", confidence: 0.5 }] };
  },
};
const unclear = "ừm nhắn lại 0903123456 nghen";
let town: Town;

beforeAll(async () => {
  const dossiers = {
    name: "dossiers",
    answers: { "dossier.status": () => Promise.resolve([{ text: "Dạ, hồ sơ xong rồi." }]) },
  };
  town = await openTown(database, [dossiers, conversations], engine);
});
beforeEach(() => database.db.trainingCandidate.deleteMany());

async function learner(name: string): Promise<Resident> {
  const person = await town.knownResident(name);
  await giveConsent(database.db, (await person.row()).id, "training");
  return person;
}

test("an unclear message is kept, redacted, with the readings and the model that was unsure", async () => {
  const lan = await learner("Chị Lan");
  await lan.says(unclear);
  expect(await openCandidates(database.db)).toEqual([
    {
      id: expect.any(BigInt) as bigint,
      text: "ừm nhắn lại [phone] nghen",
      readings,
      modelVersion: "model-7",
      chosenIntent: null,
      correctedBy: null,
      createdAt: expect.any(Date) as Date,
    },
  ]);
});

test("without consent, or when the message was clear, nothing is kept", async () => {
  await (await town.knownResident("Cô Năm")).says(unclear);
  await (await learner("Dì Sáu")).says("cảm ơn em");
  expect(await openCandidates(database.db)).toEqual([]);
});

test("what the resident then picks is kept beside it", async () => {
  const nam = await learner("Anh Nam");
  await nam.says(unclear);
  expect(await nam.says("1")).toEqual(["Dạ, hồ sơ xong rồi."]);
  expect(await openCandidates(database.db)).toMatchObject([{ readings, chosenIntent: "dossier.status" }]);
});

test("withdrawing the consent or erasing the resident takes them along", async () => {
  const [ba, tu] = [await learner("Chú Ba"), await learner("Chú Tư")];
  await ba.says(unclear);
  await tu.says(unclear);
  expect(await openCandidates(database.db)).toHaveLength(2);
  await withdrawConsent(database.db, (await ba.row()).id, "training");
  expect(await openCandidates(database.db)).toHaveLength(1);
  const { id } = await tu.row();
  await database.db.conversation.deleteMany({ where: { residentId: id } });
  await database.db.resident.delete({ where: { id } });
  expect(await openCandidates(database.db)).toEqual([]);
});
