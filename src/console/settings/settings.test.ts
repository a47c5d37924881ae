import { useTestDatabase } from "../../infra/testing/database.ts";
import { settingGroup, watchSettings } from "../../infra/setting-groups.ts";
import { openConsole, type Browser, type ConsoleKit } from "../testing/kit.ts";

const database = useTestDatabase();
const declare = () =>
  settingGroup("test.limits", {
    title: "Giới hạn thử",
    meaning: "Chỉ để thử.",
    choices: {
      days: {
        ...{ kind: "number", label: "Giữ", unit: "ngày", min: 7, max: 100, initial: 30 },
        meaning: "Quá thì xóa.",
      },
      version: {
        ...{ kind: "text", label: "Phiên bản", pattern: /^\d{4}$/, form: "Bốn chữ số.", initial: "2026" },
        meaning: "Năm.",
      },
    },
  });
const limits = declare();
let kit: ConsoleKit;
let admin: Browser;

beforeAll(async () => {
  const settings = await watchSettings(database.db, [limits]);
  settings.close(); // it looks when it is asked to
  kit = await openConsole(database, { settings });
  admin = await kit.signIn("admin");
});

test("each setting is shown with its meaning, unit, range and default", async () => {
  const { text } = await admin.get("/console/settings");
  expect(text).toContain("Giữ (ngày)");
  expect(text).toContain("Quá thì xóa. Từ 7 tới 100; mặc định 30.");
  expect(text).toContain("Năm. Bốn chữ số; mặc định 2026.");
});

test("a change holds at once, here and in another process, and the log says what it was before", async () => {
  expect((await admin.post("/console/settings/test.limits", { days: "14", version: "2027" })).status).toBe(
    303,
  );
  expect(limits.value).toEqual({ days: 14, version: "2027" });
  const elsewhere = declare();
  (await watchSettings(database.db, [elsewhere])).close();
  expect(elsewhere.value).toEqual({ days: 14, version: "2027" });
  const entry = await database.db.auditEntry.findFirstOrThrow({ where: { action: "setting.change" } });
  expect(entry).toMatchObject({
    subject: "setting:test.limits",
    details: { days: "30 → 14", version: "2026 → 2027" },
  });
  expect((await admin.get("/console/settings")).text).toContain("Giữ: 30 → 14");
});

test.each([
  ["6", "2027", "Một số từ 7 tới 100 ngày."],
  ["101", "2027", "Một số từ 7 tới 100 ngày."],
  ["", "2027", "Một số từ 7 tới 100 ngày."],
  ["7.5", "2027", "Một số từ 7 tới 100 ngày."],
  ["nhiều", "2027", "Một số từ 7 tới 100 ngày."],
  ["8", "27", "Bốn chữ số."],
])("%p and %p are refused in words, and nothing changes", async (days, version, why) => {
  const before = limits.value;
  const answer = await admin.post("/console/settings/test.limits", { days, version });
  expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(why)]);
  expect(limits.value).toEqual(before);
});

test("what was changed goes back to what it was shipped with", async () => {
  await admin.post("/console/settings/test.limits/reset").expect(303);
  expect(limits.value).toEqual({ days: 30, version: "2026" });
});

test("what is stored and cannot be read counts as not set", async () => {
  await database.db.setting.update({ where: { key: "test.limits" }, data: { value: { days: "x" } } });
  const again = declare();
  (await watchSettings(database.db, [again])).close();
  expect(again.value).toEqual({ days: 30, version: "2026" });
});

test("a unit's manager looks but does not change; others do not look; a key that is none has no form", async () => {
  const manager = await kit.signIn("unit_admin", "AN-HOI");
  expect((await manager.get("/console/settings")).text).not.toContain(">Lưu<");
  expect((await manager.post("/console/settings/test.limits", { days: "9", version: "2026" })).status).toBe(
    403,
  );
  expect((await (await kit.signIn("agent")).get("/console/settings")).status).toBe(403);
  expect((await admin.post("/console/settings/other.key", { days: "9" })).status).toBe(404);
});
