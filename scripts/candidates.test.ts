import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useTestDatabase } from "../src/infra/testing/database.ts";
import { readCorpus } from "../src/language/index.ts";
import { runCommand } from "./testing/commands.ts";

const database = useTestDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "intents-"));
  await cp("intents", folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const env = () => ({
  DATABASE_URL: database.url,
  APP_KEY: Buffer.alloc(32, 1).toString("base64"),
  MODE: "production",
  PUBLIC_URL: "https://bentre.invalid",
});
const candidates = (...args: string[]) => runCommand("scripts/candidates.ts", args, env());
const accept = (...args: string[]) => candidates("accept", "--intents", folder, ...args);

async function kept(text: string): Promise<string> {
  const readings = [{ name: "procedure.fee", confidence: 0.41 }];
  const data = { text, readings, modelVersion: "abc", chosenIntent: "procedure.info" };
  return String((await database.db.trainingCandidate.create({ data })).id);
}
const stateOf = async (id: string) =>
  (await database.db.trainingCandidate.findUniqueOrThrow({ where: { id: BigInt(id) } })).state;

test("an accepted message becomes an example, and waits no more", async () => {
  const text = "[house]: cái giấy xác nhận con heo nái đẻ xin ở đâu";
  const id = await kept(text);
  const listed = JSON.parse((await candidates("export", "--json")).out) as unknown[];
  expect(listed).toMatchObject([{ id: Number(id), text, readings: [{ confidence: 0.41 }] }]);
  expect((await candidates("export")).out).toMatch(/procedure\.info +procedure\.fee 0\.41 +\[house\]: cái/);

  const ended = await accept(id, "procedure.info");
  expect(ended).toEqual({ code: 0, errors: "", out: `accepted ${id} procedure.info procedures.yml\n` });
  const { train, kept: apart } = await readCorpus(folder);
  expect([...train, ...apart]).toContainEqual({ text, intent: "procedure.info" });
  expect(await stateOf(id)).toBe("accepted");
  expect((await candidates("export")).out).toBe("No message waits.\n");
});

test("what is refused stays open, and can be ignored", async () => {
  const id = await kept("nhà cháy");
  const unknown = await accept(await kept("con heo nái của bác ấy xin giấy gì"), "procedure.nothing");
  expect(unknown).toMatchObject({ code: 1, errors: expect.stringContaining("procedure.nothing") as string });
  const twice = await accept(id, "procedure.info");
  expect(twice).toMatchObject({ code: 1, errors: expect.stringContaining("emergency already") as string });
  expect(await accept(id)).toMatchObject({ code: 2 });
  expect(await stateOf(id)).toBe("open");
  expect(await candidates("ignore", id)).toMatchObject({ code: 0, out: `ignored ${id}\n` });
  expect(await stateOf(id)).toBe("ignored");
  expect(await candidates("ignore", id)).toMatchObject({ code: 1 });
});
