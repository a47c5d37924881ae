import fc from "fast-check";
import { loadWording, placeholdersOf } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { openConsole, type Browser, type ConsoleKit } from "../testing/kit.ts";
import { isLabel, LONGEST_MESSAGE, problemWith, tidy } from "./check.ts";
import { findSentences } from "./groups.ts";
import { watchWording } from "./live.ts";

const database = useTestDatabase();
const book = loadWording();
const KEY = "privacy.eraseTaken";
const AT = `/console/wording/${KEY}`;
const KINDER = "Dạ, em nhận yêu cầu {code} rồi nha.";
let kit: ConsoleKit;
let admin: Browser;

beforeAll(async () => {
  const wordingWatch = await watchWording(database.db, book);
  wordingWatch.close(); // it looks when it is asked to
  kit = await openConsole(database, { wording: book, wordingWatch });
  admin = await kit.signIn("admin");
});

const seen = async () =>
  (await database.db.wordingVersion.count({ where: { key: KEY, language: "vi" } })) + "";
const save = async (text: string, version?: string) =>
  admin.post(AT, { language: "vi", seen: version ?? (await seen()), text });

test("a sentence the office reworded is said at once, kept with who and when, and taken back", async () => {
  const say = book.in("vi");
  const shipped = say(KEY, { code: "DL-1" });
  expect((await save(KINDER)).status).toBe(303);
  expect(say(KEY, { code: "DL-1" })).toBe("Dạ, em nhận yêu cầu DL-1 rồi nha.");
  expect(book.in("en")(KEY, { code: "DL-1" })).toContain("Good-bye");

  const page = (await admin.get(AT)).text;
  expect(page).toContain("Nguyễn Thị Mỹ Hạnh");
  expect(page).toContain("Dùng lại câu gốc");
  expect((await admin.get("/console/wording?changed=on")).text).toContain("em nhận yêu cầu");

  await admin.post(`${AT}/reset`, { language: "vi", seen: await seen() }).expect(303);
  expect(say(KEY, { code: "DL-1" })).toBe(shipped);
  const versions = await database.db.wordingVersion.findMany({
    where: { key: KEY },
    orderBy: { version: "asc" },
  });
  expect(versions.map(({ version, text }) => [version, text])).toEqual([
    [1, KINDER],
    [2, null],
  ]);
  const actions = await database.db.auditEntry.findMany({ where: { subject: `wording:${KEY}` } });
  expect(actions.map(({ action }) => action)).toEqual(["wording.change", "wording.reset"]);
});

test("another process says it too", async () => {
  const elsewhere = loadWording();
  const watch = await watchWording(database.db, elsewhere);
  await save("Dạ, {code} em đang làm.");
  await watch.refresh();
  watch.close();
  expect(elsewhere.in("vi")(KEY, { code: "DL-7" })).toBe("Dạ, DL-7 em đang làm.");
});

test("a place that was lost, or is none of this sentence, is refused in words", async () => {
  const missing = await save("Dạ, em nhận rồi.");
  expect([missing.status, missing.text]).toEqual([422, expect.stringContaining("Thiếu {code}")]);
  const unknown = await save("Dạ {code} {phone}");
  expect(unknown.text).toContain("{phone} không phải chỗ điền của câu này. Câu này dùng được: {code}.");
  expect((await save("Dạ {code} { mã }")).text).toContain("dấu ngoặc nhọn lẻ");
  expect((await save("  ")).text).toContain("chưa có chữ nào");
  expect((await save(`{code} ${"a".repeat(2000)}`)).text).toContain("2.000 ký tự");
  expect(problemWith("Gửi", "Gửi\nliền")).toContain("một dòng");
  expect(problemWith("Gửi", "a".repeat(101))).toContain("100 ký tự");
});

test("of two people on one sentence the second is told, and nothing is lost", async () => {
  const before = await seen();
  await save("Dạ, em ghi mã {code}.", before);
  const second = await save("Dạ, mã là {code}.", before);
  expect(second.status).toBe(303);
  expect((await admin.get(AT)).text).toContain("Có người vừa sửa câu này");
  expect(book.in("vi")(KEY, { code: "X" })).toBe("Dạ, em ghi mã X.");
});

test("sentences are found with and without their marks, and what was typed is shown as text", async () => {
  const all = { group: "", changedOnly: false };
  const withMarks = findSentences(book.sentences, new Map(), { ...all, words: "không lấy lại được" });
  const bare = findSentences(book.sentences, new Map(), { ...all, words: "khong lay lai duoc" });
  expect(withMarks.map(({ key }) => key)).toContain("privacy.eraseSure");
  expect(bare).toEqual(withMarks);
  const preview = await admin.post(`${AT}/preview`, {
    ...{ language: "vi", seen: "0", text: "<img src=x onerror=alert(1)> {code}" },
  });
  expect(preview.text).toContain("&lt;img src=x");
  expect(preview.text).not.toContain("<img src=x");
});

test("who may look may not write, and a key that is none has no page", async () => {
  const editor = await kit.signIn("editor");
  expect((await editor.get(AT)).text).toContain("Chỉ quản trị hệ thống sửa được");
  expect((await editor.post(AT, { language: "vi", seen: "0", text: KINDER })).status).toBe(403);
  expect((await (await kit.signIn("viewer")).get("/console/wording")).status).toBe(403);
  for (const path of ["constructor", "privacy.nothing", "../privacy.info"])
    expect((await admin.get(`/console/wording/${encodeURIComponent(path)}`)).status).toBe(404);
});

test("everything shipped passes its own check", () => {
  for (const { vi, en } of book.sentences.values()) {
    expect([vi, problemWith(vi, tidy(vi))]).toEqual([vi, null]);
    if (en) expect([en, problemWith(en, tidy(en))]).toEqual([en, null]);
  }
});

test("what passes fills as the shipped sentence does: the same places, and no more than a message takes", () => {
  const shipped = "Dạ, {code} của {unit} nha.";
  const part = fc.constantFrom("{code}", "{unit}", "{x}", "{", "}", "Dạ ", "a".repeat(900), "\n", "đ");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = tidy(parts.join(""));
      if (problemWith(shipped, text) !== null) return;
      expect(placeholdersOf(text)).toEqual(["code", "unit"]);
      expect(text.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
    }),
  );
  expect(isLabel(shipped)).toBe(false);
});
