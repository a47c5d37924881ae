import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addExample } from "./add-example.ts";
import { readCorpus } from "./corpus.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "intents-"));
  await cp("intents", folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const sentences = async () => {
  const { train, kept } = await readCorpus(folder);
  return [...train, ...kept];
};

test.each([
  "đèn trước [house] hổng sáng sau bão số 99 kìa",
  "[house] đường nhỏ: đèn đóm gì tối thui # lần 3",
  '- "cái cột" nó nghiêng, coi giùm!',
  "20261125",
])("%s is read back by the corpus, and nothing else changes", async (text) => {
  const before = await sentences();
  const old = await readFile(join(folder, "procedures.yml"), "utf8");
  expect(await addExample(folder, "procedure.info", text)).toEqual({ file: "procedures.yml" });
  const after = await sentences();
  expect(after).toHaveLength(before.length + 1);
  expect(after).toContainEqual({ intent: "procedure.info", text });
  const lines = (await readFile(join(folder, "procedures.yml"), "utf8")).split("\n");
  expect(lines.filter((line) => line.includes(text.slice(3, 12))).length).toBeGreaterThan(0);
  expect(lines).toHaveLength(old.split("\n").length + 1);
});

test("an unknown intent and a sentence that is there already are refused", async () => {
  const before = await sentences();
  expect(await addExample(folder, "procedure.nothing", "câu này mới")).toEqual({ refused: "unknown intent" });
  const { text, intent } = before.find(({ intent }) => intent === "procedure.info")!;
  const again = text.toUpperCase();
  expect(await addExample(folder, "emergency", again)).toEqual({ refused: "duplicate", of: intent });
  expect(await sentences()).toEqual(before);
});
