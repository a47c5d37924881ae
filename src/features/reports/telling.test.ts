import type { TemplateMessage } from "../../channels/channel.ts";
import { loadWording } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { openTown, pretendEngine, type Resident, type Town } from "../testing/people.ts";
import { aftercareEffects, aftercareFlows } from "./aftercare.ts";
import { categoryOf } from "./categories.ts";
import { addNote, assign, changeState, fileReport, joinReport, mergeInto, type Worker } from "./store.ts";
import { createTelling } from "./telling.ts";
import { afterNight, isWindowOpen } from "./telling-time.ts";

const database = useTestDatabase();
const noon = () => new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00+07:00`);
const clock = { at: noon(), now: () => clock.at };
let town: Town;
let lan: Resident;
let telling: ReturnType<typeof createTelling>;
let worker: Worker;

beforeAll(async () => {
  telling = createTelling({ database, wording: loadWording(), clock, publicUrl: "https://hoi.vn" });
  const reports = {
    name: "reports",
    flows: aftercareFlows,
    effects: aftercareEffects,
    news: telling.withAnswer,
    answers: { greeting: async () => [{ text: "chào" }] },
  };
  town = await openTown(database, [reports], pretendEngine({ "xin chào": "greeting" }));
  const { id } = await database.db.staff.create({
    data: { email: "an@hoi.vn", passwordHash: "", role: "agent", unitCode: "PHU-KHUONG" },
  });
  worker = { id, units: ["PHU-KHUONG"] };
});

beforeEach(async () => {
  clock.at = noon();
  lan = await town.knownResident(`lan-${Math.random()}`);
  await lan.says("xin chào");
});

async function file() {
  const { id: residentId } = await lan.row();
  return fileReport(database.db, {
    ...{ category: categoryOf("street_light"), description: "đèn tắt", place: "Nguyễn Huệ" },
    ...{ street: "Nguyễn Huệ", wardCode: "28756", unitCode: "DO-THI", at: clock.at },
    reporter: { kind: "resident", residentId },
  });
}
const take = (code: string, to: "in_progress" | "resolved" | "rejected", note: string | null = null) =>
  database.transaction((tx) => changeState(tx, code, worker, { to, note, at: clock.at }));

/** Lets the waiting job run; what it put on its way to her. */
async function told(): Promise<string[]> {
  const { id } = await lan.row();
  const before = await database.db.outboundMessage.count();
  await telling.tell(id);
  const rows = await database.db.outboundMessage.findMany({ orderBy: { id: "asc" }, skip: before });
  return rows.map(({ content }) => (content as { text: string }).text);
}

test("what staff do in a row is told in one message, once", async () => {
  const { code } = await file();
  await assign(database.db, code, worker, { unitCode: "PHU-KHUONG", assigneeId: null, at: clock.at });
  await take(code, "in_progress");
  await addNote(database.db, code, worker, { text: "mai có thợ tới", isPublic: true, at: clock.at });
  await addNote(database.db, code, worker, { text: "gọi anh Ba", isPublic: false, at: clock.at });
  const [text, ...more] = await told();
  expect(more).toEqual([]);
  expect(text).toContain(`phản ánh ${code} của anh/chị`);
  expect(text).toContain("Đã chuyển Phường Phú Khương xử lý.");
  expect(text).toContain("Phường Phú Khương báo: mai có thợ tới");
  expect(text).not.toContain("gọi anh Ba");
  expect(await told()).toEqual([]);
});

test("followers are told what the reporter is told", async () => {
  const { id, code } = await file();
  const reporter = lan;
  lan = await town.knownResident("hung");
  await lan.says("xin chào");
  await joinReport(database.db, id, (await lan.row()).id, { at: clock.at });
  await take(code, "in_progress");
  expect(await told()).toEqual([expect.stringContaining("đang theo dõi")]);
  lan = reporter;
  expect(await told()).toEqual([expect.stringContaining("của anh/chị")]);
});

test("a resolved report asks how content its reporter is, and takes a comment", async () => {
  const { id, code } = await file();
  await take(code, "in_progress");
  await told();
  await take(code, "resolved", "đã thay bóng");
  expect(await told()).toEqual([expect.stringMatching(/đã thay bóng[^]*1\. Hài lòng[^]*4\. Chưa xong/)]);
  expect(await lan.says("1")).toEqual([expect.stringContaining("góp ý thêm")]);
  expect(await lan.says("thợ làm lẹ lắm")).toEqual([expect.stringContaining("cảm ơn")]);
  expect(await database.db.report.findUnique({ where: { id } })).toMatchObject({
    rating: 3,
    ratingComment: "thợ làm lẹ lắm",
  });
});

test("“chưa xong” opens it again, with what is wrong", async () => {
  const { id, code } = await file();
  await take(code, "in_progress");
  await take(code, "resolved");
  await told();
  await lan.says("chưa xong");
  expect(await lan.says("vẫn tối thui")).toEqual([expect.stringContaining("mở lại phản ánh")]);
  expect(await database.db.report.findUnique({ where: { id } })).toMatchObject({ state: "reopened" });
});

test("past the platform's window it waits for her next message", async () => {
  const { code } = await file();
  await take(code, "rejected", "việc này thuộc điện lực, gọi 1900 9000");
  const { id } = await lan.conversation();
  await database.db.conversation.update({
    where: { id },
    data: { lastInboundAt: new Date(clock.at.getTime() - 25 * 3_600_000) },
  });
  expect(await told()).toEqual([]);
  expect(await lan.says("xin chào")).toEqual(["chào", expect.stringContaining("gọi 1900 9000")]);
  expect(await lan.says("xin chào")).toEqual(["chào"]);
});

describe("where the account has an approved template for it", () => {
  const template = {
    ...{ id: "tin_phan_anh", language: "vi", longest: 100 },
    parameters: ["ma", "tinh_trang", "don_vi", "duong_dan"].map((value, n) => ({ name: `${n + 1}`, value })),
  };
  const choose = (settings: object) =>
    database.db.account.update({ where: { id: town.account.id }, data: { settings } });
  beforeAll(() => choose({ templates: { report_news: template } }));
  afterAll(() => choose({}));

  test("past the window each report's news goes as one, once; a refused one is told at the next message", async () => {
    const [one, other] = [await file(), await file()];
    await take(one.code, "in_progress");
    await take(one.code, "resolved", "đã thay\nbóng");
    await take(other.code, "in_progress");
    const { id } = await lan.conversation();
    const lastInboundAt = new Date(clock.at.getTime() - 30 * 24 * 3_600_000);
    await database.db.conversation.update({ where: { id }, data: { lastInboundAt } });

    expect(await told()).toHaveLength(2);
    expect(await told()).toEqual([]);
    const rows = await database.db.outboundMessage.findMany({
      where: { conversationId: id, content: { path: ["template", "id"], equals: "tin_phan_anh" } },
      orderBy: { id: "asc" },
    });
    const values = rows.map(({ content }) =>
      (content as unknown as { template: TemplateMessage }).template.parameters.map(({ value }) => value),
    );
    expect(values).toEqual([
      [
        one.code,
        "Đã xử lý xong. Phường Phú Khương trả lời: đã thay bóng",
        expect.any(String),
        `https://hoi.vn/phan-anh/${one.code}`,
      ],
      [other.code, "Đang được xử lý.", expect.any(String), `https://hoi.vn/phan-anh/${other.code}`],
    ]);

    await database.db.outboundMessage.update({ where: { id: rows[1]!.id }, data: { state: "dead" } });
    expect(await lan.says("xin chào")).toEqual(["chào", expect.stringContaining(other.code)]);
  });

  test("inside the window the words go, without it", async () => {
    const { code } = await file();
    await take(code, "in_progress");
    expect(await told()).toHaveLength(1);
    const row = await database.db.outboundMessage.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(row.content).not.toHaveProperty("template");
  });
});

test("news whose message the platform refused is told again with her next message", async () => {
  const { code } = await file();
  await take(code, "in_progress");
  await told();
  await database.db.outboundMessage.updateMany({ where: { state: "pending" }, data: { state: "dead" } });
  expect(await lan.says("xin chào")).toEqual(["chào", expect.stringContaining(code)]);
});

test("at night nobody is woken, and a talk with staff is not broken into", async () => {
  const { code } = await file();
  await take(code, "in_progress");
  clock.at = new Date(clock.at.getTime() + 11 * 3_600_000); // 23:00
  expect(await told()).toEqual([]);
  clock.at = noon();
  const { id } = await lan.conversation();
  await database.db.conversation.update({ where: { id }, data: { state: "staff" } });
  expect(await told()).toEqual([]);
  await database.db.conversation.update({ where: { id }, data: { state: "bot" } });
  expect(await told()).toHaveLength(1);
});

test("who told of a report that is merged hears of it, and follows the other from then on", async () => {
  const [kept, same] = [await file(), await file()];
  await mergeInto(database.db, same.code, worker, { intoCode: kept.code, at: clock.at });
  expect(await told()).toEqual([expect.stringContaining(`Trùng với phản ánh ${kept.code}`)]);
});

test("night is from 22:00 to 07:00 in Việt Nam", () => {
  const at = (time: string) => afterNight(new Date(`2026-11-25T${time}:00+07:00`)).toISOString();
  expect(at("21:59")).toBe("2026-11-25T14:59:00.000Z");
  expect(at("22:00")).toBe("2026-11-26T00:00:00.000Z");
  expect(at("03:00")).toBe("2026-11-25T00:00:00.000Z");
  expect(at("07:00")).toBe("2026-11-25T00:00:00.000Z");
});

test.each([
  ["facebook", 23, true],
  ["facebook", 25, false],
  ["zalo", 47, true],
  ["zalo", 169, false],
] as const)("%s, %d hours after the last message: %s", (channel, hours, open) => {
  const now = new Date();
  expect(isWindowOpen(channel, new Date(now.getTime() - hours * 3_600_000), now)).toBe(open);
});
