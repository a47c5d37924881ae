import express from "express";
import supertest from "supertest";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { ensureUnits } from "../../residents/units.ts";
import { categoryOf } from "./categories.ts";
import { publicPages } from "./pages.tsx";
import { csvCell } from "./public-site/csv.ts";
import { addPhoto, changeState, fileReport, mergeInto, publish, type NewReport } from "./store.ts";

const database = useTestDatabase();
const at = new Date("2026-11-25T08:00:00+07:00");
const home = { latitude: 10.24731, longitude: 106.38012 };
const app = express();
let worker: { id: number; units: string[] };

beforeAll(async () => {
  await ensureUnits(database.db);
  const data = {
    email: "an@hoi.vn",
    name: "Trần Văn Bí Mật",
    passwordHash: "",
    role: "agent",
    unitCode: "AN-HOI",
  };
  worker = { id: (await database.db.staff.create({ data })).id, units: ["AN-HOI", "PHU-KHUONG"] };
  const media = {
    read: async (hash: string) => ({ bytes: Buffer.from(`whole ${hash}`), mime: "image/jpeg" }),
    readThumbnail: async (hash: string) => Buffer.from(`small ${hash}`),
  };
  const clock = { now: () => at };
  const parts = {
    db: database.db,
    media,
    clock,
    publicUrl: "https://hoi.vn",
    tiles: "none",
    attribution: "",
  };
  app.use(publicPages(parts));
});
beforeEach(() => database.db.$executeRaw`TRUNCATE report CASCADE`);

const get = (path: string) => supertest(app).get(path);
const file = (change: Partial<NewReport> = {}) =>
  fileReport(database.db, {
    ...{
      category: categoryOf("street_light"),
      description: "nhà bà Tư 0903123456 tối thui",
      place: "12 Nguyễn Huệ",
    },
    ...{ street: "Nguyễn Huệ", houseNumber: "12", wardCode: "28756", point: home, unitCode: "DO-THI", at },
    reporter: { kind: "counter", staffId: 1, name: "Lê Thị Lan", phone: "0903123456" },
    ...change,
  });

test("the public sees what and roughly where, never who, whose house, or their words", async () => {
  const { code } = await file();
  const page = await get(`/phan-anh/${code}`).expect(200);
  const list = await get("/phan-anh").expect(200);
  const feed = await get("/phan-anh/ban-do.json?khung=106,10,107,11&z=18").expect(200);
  const csv = await get("/phan-anh/du-lieu.csv").expect(200);
  expect(page.text).toContain("Đường Nguyễn Huệ, Phường Phú Khương");
  for (const { text } of [page, list, feed, csv]) {
    expect(text).toContain(code);
    expect(text).not.toMatch(/bà Tư|Lê Thị Lan|0903|Số 12|10\.2473|106\.3801/);
  }
});

test("a narrow search on the map cannot find the exact point out", async () => {
  await file();
  const box = [106.38011, 10.2473, 106.38013, 10.24732];
  expect((await get(`/phan-anh/ban-do.json?khung=${box}&z=18`)).body).toEqual([]);
});

test("what staff publish is seen: words, house number, the exact point, chosen pictures", async () => {
  const { id, code } = await file();
  await database.db.media.createMany({
    data: ["a", "b"].map((hash) => ({ hash, mime: "image/jpeg", bytes: 1 })),
  });
  for (const mediaHash of ["a", "b"]) await addPhoto(database.db, id, { mediaHash }, {}, at);
  const [first, second] = await database.db.reportPhoto.findMany({ orderBy: { id: "asc" } });
  const choice = { isPublic: true, title: "Đèn trước trường", description: "Hai đèn tắt", exact: true };
  await publish(database.db, code, worker, { ...choice, photoIds: [second!.id], at });
  const { text } = await get(`/phan-anh/${code}`).expect(200);
  expect(text).toMatch(/Đèn trước trường[^]*Số 12 đường Nguyễn Huệ[^]*Hai đèn tắt/);
  expect(text).toContain(`data-latitude="${home.latitude}"`);
  await get(`/phan-anh/${code}/anh/${first!.id}`).expect(404);
  const photo = await get(`/phan-anh/${code}/anh/${second!.id}`).expect(200);
  expect(String(photo.body)).toBe("whole b");
  const small = await get(`/phan-anh/${code}/anh/${second!.id}?co=nho`).expect(200);
  expect(String(small.body)).toBe("small b");
});

test("a report that is not public is not there, nor are its pictures", async () => {
  const { code } = await file({ category: categoryOf("child_protection") });
  await get(`/phan-anh/${code}`).expect(404);
  await get(`/phan-anh/${code}/in`).expect(404);
  expect((await get("/phan-anh?tu=tat-ca")).text).not.toContain(code);
  expect((await get("/phan-anh/ban-do.json?khung=106,10,107,11&z=18")).body).toEqual([]);
});

test("the timeline shows what was said to the public, without internal notes or names", async () => {
  const { code, id } = await file();
  await changeState(database.db, code, worker, { to: "in_progress", note: "Mai tới sửa", at });
  await database.db.reportEvent.create({
    data: { reportId: id, kind: "note", state: "in_progress", note: "gọi anh Ba", at },
  });
  const { text } = await get(`/phan-anh/${code}`);
  expect(text).toContain("Mai tới sửa");
  expect(text).not.toMatch(/anh Ba|Bí Mật/);
});

test("a merged report leads to the one that is worked on, and is listed once", async () => {
  const [kept, same] = [await file(), await file()];
  await mergeInto(database.db, same.code, worker, { intoCode: kept.code, at });
  expect((await get(`/phan-anh/${same.code}`)).text).toContain(`href="/phan-anh/${kept.code}"`);
  expect((await get("/phan-anh")).text).not.toContain(same.code);
});

test("filters narrow list, counts, map and table alike; what cannot be read is left out", async () => {
  const light = await file();
  const noise = await file({ category: categoryOf("noise"), wardCode: "28777" });
  await changeState(database.db, noise.code, worker, { to: "in_progress", note: null, at });
  const codes = async (query: string) => {
    const { text } = await get(`/phan-anh?${query}`);
    return [light, noise].map(({ code }) => code).filter((code) => text.includes(`/phan-anh/${code}`));
  };
  expect(await codes("loai=noise")).toEqual([noise.code]);
  expect(await codes("loai=nhom:infrastructure")).toEqual([light.code]);
  expect(await codes("phuong=28777")).toEqual([noise.code]);
  expect(await codes("tinh-trang=dang")).toEqual([noise.code]);
  expect(await codes("loai=%27;DROP&phuong=x&tu=9&o=1,2")).toEqual([light.code, noise.code]);
  expect((await get("/phan-anh/du-lieu.csv?loai=noise")).text).not.toContain(light.code);
  const feed = await get("/phan-anh/ban-do.json?khung=106,10,107,11&z=18&tinh-trang=dang");
  expect(feed.body).toMatchObject([{ code: noise.code, colour: "blue" }]);
});

test("reports close to each other are one mark until one looks closely", async () => {
  await file();
  await file({ point: { latitude: home.latitude + 0.002, longitude: home.longitude } });
  const marks = async (zoom: number) =>
    (await get(`/phan-anh/ban-do.json?khung=106,10,107,11&z=${zoom}`)).body;
  expect(await marks(11)).toMatchObject([{ count: 2 }]);
  expect(await marks(18)).toHaveLength(2);
  await get("/phan-anh/ban-do.json?khung=1,2,3&z=11").expect(400);
});

test("the list goes on where it left off", async () => {
  const filed = [];
  for (let minute = 0; minute < 23; minute++) {
    filed.push(await file({ at: new Date(at.getTime() - minute * 60_000) }));
  }
  const first = (await get("/phan-anh")).text;
  const next = /href="(\/phan-anh\?[^"#]*sau=[^"#]+)#/.exec(first)![1]!;
  const second = (await get(next.replaceAll("&amp;", "&"))).text;
  expect(filed.filter(({ code }) => first.includes(`/phan-anh/${code}"`))).toHaveLength(20);
  expect(filed.filter(({ code }) => second.includes(`/phan-anh/${code}"`))).toHaveLength(3);
});

test("a code typed in leads to its page, and the printed QR as well", async () => {
  const { code } = await file();
  const typed = code.toLowerCase().replaceAll("-", " ");
  await get(`/phan-anh?ma=${encodeURIComponent(typed)}`)
    .expect(303)
    .expect("location", `/phan-anh/${code}`);
  const qr = await get(`/phan-anh/${code}/qr.svg`).expect(200).expect("content-type", /svg/);
  expect(String(qr.body)).toContain("<svg");
  expect((await get(`/phan-anh/${code}/in`)).text).toContain(`https://hoi.vn/phan-anh/${code}`);
});

test.each([
  ["=1+1", "'=1+1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["-2", "'-2"],
  ['nói "sao, vậy"', '"nói ""sao, vậy"""'],
  ["=1,2", '"\'=1,2"'],
  [10.5, "10.5"],
  [null, ""],
])("in the open data %p is written %p", (value, written) => {
  expect(csvCell(value)).toBe(written);
});
