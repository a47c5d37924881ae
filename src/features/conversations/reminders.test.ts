/** A form left half-way is remembered once, when and if the office wants it. */
import { formTimes } from "../../dialogue/parking.ts";
import { boatFlow } from "../../dialogue/testing/kit.ts";
import type { Flow } from "../../dialogue/types.ts";
import { loadWording } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { openTown, pretendEngine, type Town } from "../testing/people.ts";
import { conversations } from "./index.ts";
import { createReminders } from "./reminders.ts";

const database = useTestDatabase();
const flows = [boatFlow as unknown as Flow];
const noon = new Date("2026-11-25T05:00:00Z");
let town: Town;

beforeAll(async () => {
  const boats = { name: "boats", flows };
  town = await openTown(
    database,
    [boats, conversations],
    pretendEngine({ "đăng ký ghe tên Bảy": "boat.new" }),
  );
});
beforeEach(() => database.db.$executeRaw`TRUNCATE conversation, outbound_message CASCADE`);
afterEach(() => formTimes.follow({}));

/** Somebody began so many hours before noon. @returns what they have been sent in all, once the clock has been round. */
async function reminded(name: string, hoursAgo: number, rounds = 1) {
  const person = await town.knownResident(name);
  await person.says("đăng ký ghe tên Bảy");
  const { id } = await person.conversation();
  const at = new Date(noon.getTime() - hoursAgo * 3_600_000);
  await database.db.$executeRaw`
    UPDATE conversation SET last_inbound_at = ${at},
      dialogue = jsonb_set(dialogue, '{form,at}', to_jsonb(${at.toISOString()}::text)) WHERE id = ${id}`;
  const { tasks } = createReminders({ database, flows, wording: loadWording(), clock: { now: () => noon } });
  for (let round = 0; round < rounds; round++) await (tasks.conversations_remind as () => Promise<void>)();
  const sent = await database.db.outboundMessage.findMany({
    where: { conversationId: id },
    orderBy: { id: "asc" },
  });
  return sent.slice(1).map(({ content }) => (content as { text: string }).text);
}

test("after half a day of silence, once, with its question", async () => {
  const texts = await reminded("Chị Lan", 13, 2);
  expect(texts).toEqual([expect.stringContaining("Màu gì?")]);
});

test("not earlier, and not when the platform's window may be closed", async () => {
  expect(await reminded("Anh Nam", 11)).toEqual([]);
  expect(await reminded("Cô Ba", 23)).toEqual([]);
});

test("when the office set it, or not at all", async () => {
  formTimes.follow({ remindAfter: 3 });
  expect(await reminded("Chú Tư", 4)).toHaveLength(1);
  formTimes.follow({ remindAfter: 0 });
  expect(await reminded("Dì Năm", 13)).toEqual([]);
});
