import { useTestDatabase } from "../../infra/testing/database.ts";
import type { LanguageEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import { openTown, place, pretendEngine, type Town } from "../testing/people.ts";
import { ensureOffices, offices } from "./index.ts";
import { dayKind } from "./open.ts";

const database = useTestDatabase();
let now = new Date("2026-11-25T03:00:00Z"); // Wednesday, ten in the morning in Việt Nam
const clock = { now: () => now };
let town: Town;

/** The pretend engine, which also sees wards and dates. */
const engine: LanguageEngine = (() => {
  const pretend = pretendEngine({
    "số điện thoại công an phường 8": "office.contact",
    "ủy ban phường ở đâu": "office.location",
    "còn số điện thoại?": "office.contact",
    "ngày 2/9/2027 công an có làm không": "office.hours",
    "trạm y tế ở đâu": "office.location",
    "cơ quan gần tui nhất ở đâu": "office.location",
    "bệnh viện nguyễn đình chiểu ở đâu": "office.location",
    "ủy ban mấy giờ làm": "office.hours",
    "công an gần đây nhất": "office.location",
    "gần chợ bến tre": "office.location",
    "what are the office hours": "office.hours",
  });
  const seen = [
    { pattern: /phường 8/, type: "ward" as const, value: "Phường 8" },
    { pattern: /2\/9\/2027/, type: "date" as const, value: "2027-09-02" },
  ];
  return {
    ...pretend,
    understand(text, options) {
      const entities = seen.flatMap(({ pattern, type, value }) =>
        pattern.test(text) ? [{ type, value, text, start: 0, end: text.length }] : [],
      );
      return { ...pretend.understand(text, options), entities };
    },
  };
})();

beforeAll(async () => {
  await ensureOffices(database.db);
  town = await openTown(database, [offices, conversations], engine, clock);
});

test("a ward of before is answered with the office of today, its number, its source and date", async () => {
  const lan = await town.knownResident("Chị Lan");
  const [answer] = await lan.says("số điện thoại công an phường 8");
  expect(answer).toMatch(/^Dạ, Phường 8 nay thuộc phường Phú Khương/);
  expect(answer).toMatch(/Công an phường Phú Khương[^]*02752211334[^]*congan\.vinhlong\.gov\.vn, 06\/2026/);
});

test("an address nobody has published is said not to be known, never guessed", async () => {
  const hai = await town.knownResident("Anh Hai");
  const [answer] = await hai.says("ủy ban phường ở đâu");
  expect(answer).toMatch(/UBND phường Phú Khương[^]*chưa có nguồn chắc chắn/);
  expect((await hai.says("còn số điện thoại?"))[0]).toMatch(
    /UBND phường Phú Khương[^]*chưa có số chính thức/,
  );
});

test("a holiday is said to be one, with the hours the police keep", async () => {
  const ba = await town.knownResident("Chị Ba");
  const [answer] = await ba.says("ngày 2/9/2027 công an có làm không");
  expect(answer).toMatch(/sáng thứ Bảy[^]*thứ Năm 02\/09\/2027 là ngày nghỉ lễ/);
});

test("a place we keep nothing of is not answered with another", async () => {
  const tu = await town.knownResident("Anh Tư");
  expect((await tu.says("trạm y tế ở đâu"))[0]).toMatch(/chưa có thông tin chắc chắn/);
});

test("a place called by its own name is found, with the caveat of an old address", async () => {
  const nam = await town.knownResident("Chị Năm");
  expect((await nam.says("bệnh viện nguyễn đình chiểu ở đâu"))[0]).toMatch(
    /109 Đoàn Hoàng Minh \(ghi theo phường 5 cũ/,
  );
});

test("where an office told no hours of its own, those of all are told, and whether it is open now", async () => {
  const bay = await town.knownResident("Chị Bảy");
  const [open] = await bay.says("ủy ban mấy giờ làm");
  expect(open).toMatch(/thứ Hai đến thứ Sáu: 07:00–11:00, 13:00–17:00[^]*Giờ hành chính chung/);
  expect(open).toMatch(/Giờ này đang làm việc, tới 11:00/);
  now = new Date("2026-11-25T11:00:00Z");
  expect((await bay.says("ủy ban mấy giờ làm"))[0]).toMatch(/mở cửa lại 7 giờ sáng mai/);
  now = new Date("2026-12-31T03:00:00Z");
  expect((await bay.says("ủy ban mấy giờ làm"))[0]).toMatch(
    /Ngày mai, thứ Sáu 01\/01\/2027, là ngày nghỉ lễ[^]*mở lại 7 giờ sáng thứ Hai \(04\/01\)/,
  );
  expect((await bay.says("what are the office hours"))[0]).toMatch(/Monday to Friday: 07:00–11:00/);
  now = new Date("2026-11-25T03:00:00Z");
});

test("the nearest is found by a place in words, and by one that is shared when asked", async () => {
  await database.db.office.update({
    where: { code: "CA-AN-HOI" },
    data: { latitude: 10.2361, longitude: 106.3757 },
  });
  const chin = await town.knownResident("Chú Chín");
  expect((await chin.says("công an gần đây nhất"))[0]).toMatch(/gửi vị trí cho em/);
  const [byWords] = await chin.says("gần chợ bến tre");
  expect(byWords).toMatch(/thuộc phường An Hội[^]*Công an phường An Hội: cách chừng 150 m/);
  expect(byWords).not.toMatch(/UBND/);
  await chin.says("công an gần đây nhất");
  expect((await chin.sends(place(10.23856, 106.37818)))[0]).toMatch(
    /Công an phường An Hội: cách chừng 400 m[^]*congan\.vinhlong/,
  );
});

test("a shared place tells the ward and its offices; one outside is said to be outside", async () => {
  const sau = await town.knownResident("Anh Sáu");
  expect((await sau.says("cơ quan gần tui nhất ở đâu"))[0]).toMatch(/gửi vị trí cho em/);
  expect((await sau.sends(place(21.03, 105.85)))[0]).toMatch(/nằm ngoài năm phường/);
  expect((await sau.says("Cơ quan gần tôi"))[0]).toMatch(/gửi vị trí cho em/);
  expect((await sau.sends(place(10.23856, 106.37818)))[0]).toMatch(
    /thuộc phường An Hội[^]*Công an phường An Hội, 02753829687/,
  );
});

test("what staff say of a day goes before the calendar", () => {
  expect(dayKind("2026-11-28", null)).toBe("saturday");
  expect(dayKind("2026-11-28", { isWorking: true })).toBe("special_worked");
  expect(dayKind("2026-04-30", null)).toBe("holiday");
  expect(dayKind("2026-11-25", null)).toBe("worked");
});
