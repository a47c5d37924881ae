import { loadWording } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import type { Feature } from "../feature.ts";
import { createProcedures, ensureSampleProcedures, loadLexicon } from "../procedures/index.ts";
import { openTown, type Resident, type Town } from "../testing/people.ts";
import { createResidentReminders } from "./index.ts";

const database = useTestDatabase();
let now = new Date("2026-11-25T03:00:00Z"); // Wednesday, ten in the morning in Việt Nam
const clock = { now: () => now };
let town: Town;
let reminders: Feature;

beforeAll(async () => {
  await ensureSampleProcedures(database.db, now);
  reminders = createResidentReminders({ database, wording: loadWording(), clock });
  const procedures = createProcedures(await loadLexicon());
  town = await openTown(database, [procedures, reminders, conversations], await loadEngine(), clock);
});
beforeEach(async () => {
  now = new Date("2026-11-25T03:00:00Z");
  await database.db.reminder.deleteMany();
  await database.db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

const jobs = () => database.db.$queryRaw<{ run_at: Date }[]>`
  SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'reminders.tell'`;

/** The worker runs what is due. */
async function wakesAt(at: string) {
  now = new Date(at);
  const due = await database.db.$queryRaw<{ payload: { id: string } }[]>`
    DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND t.identifier = 'reminders.tell' AND j.run_at <= ${now} RETURNING j.payload`;
  for (const { payload } of due) await reminders.jobs!.tasks["reminders.tell"]!(payload as never);
}

async function lastTold(person: Resident): Promise<string> {
  const last = await database.db.outboundMessage.findFirstOrThrow({
    where: { conversationId: (await person.conversation()).id },
    orderBy: { id: "desc" },
  });
  return (last.content as { text: string }).text;
}

/** Asks for a procedure and takes “Đặt lịch nhắc” of its answer. */
async function wantsReminder(name: string) {
  const person = await town.knownResident(name);
  const answer = (await person.says("làm khai sinh cho con cần gì")).join("\n");
  const number = /(\d)\. Đặt lịch nhắc/.exec(answer)![1]!;
  return { person, asked: (await person.says(number)).join("\n") };
}
/** The platform's window is that of a message sent just before. */
async function lastWrote(person: Resident, at: Date) {
  const { id } = await person.conversation();
  await database.db.conversation.update({ where: { id }, data: { lastInboundAt: at } });
}

test("the reminder that an answer offers asks for the day only, and comes that morning", async () => {
  const { person, asked } = await wantsReminder("Chị Lan nhắc");
  expect(asked).toMatch(/nhắc “nộp hồ sơ Đăng ký khai sinh” ngày nào\?[^]*1\. Sáng mai/);
  expect((await person.says("1")).join("\n")).toMatch(
    /sáng thứ Năm 26\/11\/2026 em nhắc anh\/chị: nộp hồ sơ Đăng ký khai/,
  );
  expect((await jobs()).map(({ run_at }) => run_at)).toEqual([new Date("2026-11-26T00:30:00Z")]);
  await lastWrote(person, new Date("2026-11-25T10:00:00Z"));
  await wakesAt("2026-11-26T00:30:00Z");
  expect(await lastTold(person)).toMatch(
    /em nhắc anh\/chị:\n• nộp hồ sơ Đăng ký khai sinh \(mình nhờ hôm 25\/11/,
  );
  expect((await person.says("cảm ơn em")).join("\n")).not.toMatch(/em nhắc anh\/chị/);
});

test("a day in words is understood; one that is over, too far or none is asked for again", async () => {
  const { person } = await wantsReminder("Anh Hai nhắc");
  expect((await person.says("20/11/2026")).join("\n")).toMatch(/ngày này qua rồi/);
  expect((await person.says("ngày 1/1/2030")).join("\n")).toMatch(/trong vòng một năm/);
  expect((await person.says("bữa nào rảnh đó mà")).join("\n")).toMatch(/chưa rõ ngày nào/);
  expect((await person.says("thứ hai")).join("\n")).toMatch(/sáng thứ Hai 30\/11\/2026 em nhắc/);
});

test("where the window is shut by then, it comes with the next answer, once", async () => {
  const { person } = await wantsReminder("Chị Ba nhắc");
  await person.says("3 ngày nữa");
  await lastWrote(person, new Date("2026-11-25T03:00:00Z"));
  await wakesAt("2026-11-28T00:30:00Z");
  expect(await lastTold(person)).not.toMatch(/em nhắc anh\/chị:\n/);
  expect((await person.says("chào em")).join("\n")).toMatch(/em nhắc anh\/chị:\n• nộp hồ sơ/);
  expect((await person.says("chào em")).join("\n")).not.toMatch(/nộp hồ sơ/);
});

test("a reminder that is dropped does not come; nobody drops another's", async () => {
  const { person } = await wantsReminder("Chú Tư nhắc");
  const kept = (await person.says("1")).join("\n");
  expect(kept).toMatch(/1\. Bỏ nhắc này/);
  const { id } = await database.db.reminder.findFirstOrThrow();
  const other = await town.knownResident("Cô Năm nhắc");
  expect(await other.taps(`intent:reminder.drop ${id}`)).toEqual([expect.stringMatching(/đã bỏ/)]);
  expect(await database.db.reminder.count()).toBe(1);
  await person.says("1");
  expect(await database.db.reminder.count()).toBe(0);
  await wakesAt("2026-11-26T00:30:00Z");
  expect(await lastTold(person)).toMatch(/em bỏ rồi/);
});

test("a day that is known with the matter is not asked for; what is kept is shown and erased on request", async () => {
  const sau = await town.knownResident("Dì Sáu nhắc");
  const [kept] = await sau.taps("intent:reminder.set 2026-12-01 đi lấy kết quả hồ sơ H07.20-260804-0583");
  expect(kept).toMatch(/sáng thứ Ba 01\/12\/2026 em nhắc anh\/chị: đi lấy kết quả/);
  const { id } = await sau.row();
  const say = loadWording().in("vi");
  const [section] = await reminders.personalData!.show(database.db, id, say);
  expect(section!.rows[0]!.what).toMatch(/H07/);
  expect(await database.transaction((tx) => reminders.personalData!.erase(tx, id))).toEqual({ reminders: 1 });
});
