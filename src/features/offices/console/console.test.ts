import { openConsole, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { ensureUnits } from "../../../residents/units.ts";
import { workTimeOf } from "../../../residents/work-time.ts";
import { conversations } from "../../conversations/index.ts";
import { openTown, pretendEngine, type Town } from "../../testing/people.ts";
import { ensureOffices, officeConsole, offices } from "../index.ts";
import { readTimes, timeName } from "./form.ts";

const database = useTestDatabase();
const now = new Date("2026-11-25T03:00:00Z"); // Wednesday, ten in the morning in Việt Nam
const clock = { now: () => now };
const HERE = "/console/offices";
let desk: ConsoleKit;
let town: Town;

beforeAll(async () => {
  await ensureUnits(database.db);
  await ensureOffices(database.db);
  const map = { tiles: "none", attribution: "", outlines: "/phan-anh/phuong.geojson" };
  const router = officeConsole({ db: database.db, say: loadWording().in("vi"), clock, map });
  desk = await openConsole(database, { pages: [{ name: "offices", router }] });
  const engine = pretendEngine({ "ủy ban mấy giờ làm": "office.hours", "ủy ban ở đâu": "office.location" });
  town = await openTown(database, [offices, conversations], engine, clock);
});

const week = (days: number[], ...times: string[]) =>
  Object.fromEntries(
    days.flatMap((day) =>
      (["from", "noon", "again", "to"] as const).map((time, at) => [timeName(day, time), times[at] ?? ""]),
    ),
  );
const committee = (changes: object = {}) => ({
  ...{ name: "UBND phường Phú Khương", kind: "committee", ward: "Phường Phú Khương" },
  ...{ source: "Văn phòng UBND phường", address: "12 Nguyễn Huệ", phone: "0275 3822 111" },
  ...{ point: "10.2414, 106.3844", ...week([1, 2, 3, 4, 5], "07:00", "11:30", "13:30", "17:00") },
  ...changes,
});

test("what staff write of an office is what residents are told next, and is written down", async () => {
  const staff = await desk.signIn("unit_admin", "PHU-KHUONG");
  const lan = await town.knownResident("Chị Lan");
  expect((await lan.says("ủy ban ở đâu"))[0]).toMatch(/chưa có nguồn chắc chắn/);

  const saved = await staff.post(
    `${HERE}/UBND-PHU-KHUONG/edit`,
    committee({ ...week([6], "07:30", "11:00") }),
  );
  expect(saved.status).toBe(303);
  expect((await lan.says("ủy ban ở đâu"))[0]).toMatch(
    /12 Nguyễn Huệ[^]*0275 3822 111[^]*Văn phòng UBND phường, 11\/2026/,
  );
  expect((await lan.says("ủy ban mấy giờ làm"))[0]).toMatch(
    /thứ Hai đến thứ Sáu: 07:00–11:30, 13:30–17:00\n• thứ Bảy: 07:30–11:00\nGiờ này đang làm việc, tới 11:30/,
  );
  const page = await staff.get(`${HERE}/UBND-PHU-KHUONG`);
  expect(page.text).toMatch(/thứ Bảy: 07:30–11:00/);
  const form = await staff.get(`${HERE}/UBND-PHU-KHUONG/edit`);
  expect(form.text).toMatch(/value="13:30"/);
  const entry = await database.db.auditEntry.findFirstOrThrow({ where: { action: "office.edit" } });
  expect(entry.subject).toBe("office:UBND-PHU-KHUONG");
  expect(entry.details).toMatchObject({ fields: expect.stringContaining("hours") });
});

test("a closed day of one office is told with the reason and the next opening, and its deadlines skip it", async () => {
  const staff = await desk.signIn("editor", "PHU-KHUONG");
  const day = { day: "2026-11-26", reason: "Dời trụ sở" };
  expect((await staff.post(`${HERE}/UBND-PHU-KHUONG/days`, day)).status).toBe(303);
  const ba = await town.knownResident("Anh Ba");
  expect((await ba.says("ủy ban mấy giờ làm"))[0]).toMatch(
    /Ngày mai, thứ Năm 26\/11\/2026, nghỉ \(Dời trụ sở\); mở lại 7 giờ sáng thứ Sáu \(27\/11\)/,
  );
  const work = await workTimeOf(database.db, "PHU-KHUONG", now);
  expect(work("2026-11-26")).toEqual([]);
  expect((await workTimeOf(database.db, "AN-HOI", now))("2026-11-26")).toHaveLength(2);

  const half = { ...day, [timeName("day", "from")]: "07:30", [timeName("day", "noon")]: "10:00" };
  await staff.post(`${HERE}/UBND-PHU-KHUONG/days`, half);
  expect((await ba.says("ủy ban mấy giờ làm"))[0]).not.toMatch(/Ngày mai/);
  expect((await workTimeOf(database.db, "PHU-KHUONG", now))("2026-11-26")).toEqual([
    { from: "07:30", to: "10:00" },
  ]);
  await staff.post(`${HERE}/UBND-PHU-KHUONG/days/2026-11-26/drop`);
  expect(await database.db.officeDay.count()).toBe(0);
});

test("what is wrong is said at its field, and nothing is saved", async () => {
  const staff = await desk.signIn("unit_admin", "PHU-KHUONG");
  const before = await database.db.office.findUniqueOrThrow({ where: { code: "CA-PHU-KHUONG" } });
  const wrong = committee({
    ...{ name: "", phone: "12", point: "21.03, 105.85", source: "", ward: "Phường An Hội" },
    ...week([3], "13:00", "11:00"),
  });
  const page = await staff.post(`${HERE}/CA-PHU-KHUONG/edit`, wrong);
  expect(page.status).toBe(422);
  for (const problem of [
    "Cần có tên",
    "3 đến 12 chữ số",
    "nằm ngoài tỉnh",
    "Ghi nguồn",
    "Chọn một phường",
    "Giờ sau phải trễ hơn",
  ])
    expect(page.text).toContain(problem);
  expect(await database.db.office.findUniqueOrThrow({ where: { code: "CA-PHU-KHUONG" } })).toEqual(before);
  const past = await staff.post(`${HERE}/CA-PHU-KHUONG/days`, { day: "2026-11-24", reason: "x" });
  expect(past.text).toContain("Ngày này đã qua");
});

test("an office is added, found by words, withdrawn and brought back; other wards' are not there", async () => {
  const staff = await desk.signIn("unit_admin", "PHU-KHUONG");
  const name = "Trạm y tế Phú Khương";
  const added = await staff.post(
    `${HERE}/new`,
    committee({ name, kind: "hospital", aliases: "trạm xá\r\ntrạm xá" }),
  );
  expect(added.headers.location).toBe(`${HERE}/TRAM-Y-TE-PHU-KHUONG`);
  const list = (await staff.get(`${HERE}?q=tram+y+te`)).text;
  expect(list).toContain(name);
  expect(list).not.toContain("Công an phường");
  expect((await staff.get(HERE)).text).not.toContain("UBND phường An Hội");
  expect((await staff.get(`${HERE}/UBND-AN-HOI`)).status).toBe(404);
  expect((await (await desk.signIn("viewer", "PHU-KHUONG")).get(`${HERE}/new`)).status).toBe(403);

  await staff.post(`${HERE}/TRAM-Y-TE-PHU-KHUONG/withdraw`);
  expect((await staff.get(HERE)).text).toContain("đã rút");
  await staff.post(`${HERE}/TRAM-Y-TE-PHU-KHUONG/bring-back`);
  expect((await staff.get(HERE)).text).not.toContain("đã rút");
});

test("the times of a day: two halves, one half, a day without a break; anything less is asked for", () => {
  const read = (from = "", noon = "", again = "", to = "") =>
    readTimes({ "hours.1.from": from, "hours.1.noon": noon, "hours.1.again": again, "hours.1.to": to }, 1);
  expect(read("07:00", "11:00", "13:00", "17:00").stretches).toHaveLength(2);
  expect(read("07:00", "11:00").stretches).toEqual([{ from: "07:00", to: "11:00" }]);
  expect(read("", "", "13:00", "17:00").stretches).toEqual([{ from: "13:00", to: "17:00" }]);
  expect(read("07:00", "", "", "17:00").stretches).toEqual([{ from: "07:00", to: "17:00" }]);
  expect(read().stretches).toEqual([]);
  expect(read("07:00").problem).toMatch(/Thiếu một giờ/);
  expect(read("07:00", "11:00", "13:00").problem).toMatch(/Thiếu một giờ/);
  expect(read("25:00", "26:00").problem).toMatch(/Giờ ghi như/);
});
