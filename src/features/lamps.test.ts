/** A lamp, the report of it, and the office: how they meet, as app.ts has it. */
import express from "express";
import supertest from "supertest";
import { openConsole, type ConsoleKit } from "../console/testing/kit.ts";
import { loadWording } from "../dialogue/wording.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { loadEngine } from "../language/index.ts";
import { conversations } from "./conversations/index.ts";
import { createEnvironment, findLamp } from "./environment/index.ts";
import { reportConsole } from "./reports/console/routes.tsx";
import { createReports, proposeClosing, withdrawProposals } from "./reports/index.ts";
import { openTown, place, type Resident, type Town } from "./testing/people.ts";

const database = useTestDatabase();
const KEY = "k".repeat(32);
let now = new Date("2026-11-25T02:00:00Z"); // nine in the morning in Việt Nam
const clock = { now: () => now };
const say = loadWording().in("vi");
let town: Town;
let desk: ConsoleKit;
let web: ReturnType<typeof supertest>;

beforeAll(async () => {
  const parts = { database, wording: loadWording(), clock, publicUrl: "https://hoi.example" };
  const reports = createReports({ ...parts, findLamp });
  const environment = createEnvironment({
    ...{ ...parts, media: { keepPicture: async () => "0".repeat(64) }, draft: async () => "TB-2611-00001" },
    ...{ lampWorks: proposeClosing, lampFails: withdrawProposals, pushKeys: [KEY] },
  });
  town = await openTown(database, [reports, environment, conversations], await loadEngine(), clock);
  web = supertest(express().use(environment.pages!));
  const media = { read: async () => null, readThumbnail: async () => null, keep: async () => "" };
  const board = { ...{ database, media, clock, say }, tiles: "none", attribution: "" };
  desk = await openConsole(database, {
    pages: [{ name: "reports", router: reportConsole(board as never) }],
  });
});
beforeEach(async () => {
  now = new Date("2026-11-25T02:00:00Z");
  await database.db.$executeRaw`TRUNCATE report CASCADE`;
  await database.db.lamp.deleteMany();
  const along = { street: "Nguyễn Huệ", unitCode: "AN-HOI", source: "thử" };
  await database.db.lamp.createMany({
    data: [
      { code: "NH-012", latitude: 10.23856, longitude: 106.37818, ...along },
      { code: "NH-013", latitude: 10.2389, longitude: 106.3784, ...along },
    ],
  });
});

const passes = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
/** The lamp tells of itself, over HTTP as the stations do. */
const tells = (lamp: string, state: string, at = now) =>
  web.post("/api/readings").set("authorization", `Bearer ${KEY}`).send({ lamp, state, at: at.toISOString() });

const reportOf = async (person: Resident) =>
  database.db.report.findFirstOrThrow({
    where: { residentId: (await person.row()).id },
    orderBy: { id: "desc" },
  });

/** Tells of a lamp by its pole and agrees to what is written down. */
async function reports(person: Resident, words: string) {
  const said = [...(await person.says(words))];
  for (let turn = 0; turn < 4 && !/Em gửi luôn nha/.test(said.at(-1)!); turn++)
    said.push(...(await person.says("bỏ qua")));
  await person.says("gửi");
  return { said: said.join("\n"), report: await reportOf(person) };
}

test("a report bears the lamp of the pole it names: where it stands need not be asked, what it tells is said", async () => {
  await tells("NH-012", "fault");
  const lan = await town.knownResident("Chị Lan đèn");
  const { said, report } = await reports(lan, "đèn đường trụ NH-12 tắt mấy bữa nay rồi em ơi");
  expect(said).toMatch(
    /trụ đèn NH-012, đường Nguyễn Huệ[^]*Máy ở trụ này cũng báo đèn hư, từ 25\/11\/2026 09:00/,
  );
  expect(said).not.toMatch(/mã trên trụ/);
  expect(report).toMatchObject({ lampPole: "NH-012", street: "Nguyễn Huệ", unitCode: "AN-HOI" });
});

test("without a code, a shared place finds the nearest lamp within the distance, and none beyond it", async () => {
  const hai = await town.knownResident("Anh Hai đèn");
  await hai.says("đèn đường bị hư, tối thui");
  const near = (await hai.sends(place(10.2386, 106.3782))).join("\n");
  expect(near).not.toMatch(/mã trên trụ/);
  expect((await hai.says("bỏ qua")).join("\n")).toMatch(/Trụ đèn: NH-012, đường Nguyễn Huệ/);
  await hai.says("gửi");
  expect((await reportOf(hai)).lampPole).toBe("NH-012");

  const ba = await town.knownResident("Chị Ba đèn");
  await ba.says("đèn đường bị hư, tối thui");
  await ba.sends(place(10.2372, 106.3782));
  await ba.says("bỏ qua");
  await ba.says("gửi");
  expect((await reportOf(ba)).lampPole).toBeNull();
});

test("once the lamp tells that it works, staff agree with one press: the report is resolved and the resident told", async () => {
  const tu = await town.knownResident("Cô Tư đèn");
  const { report } = await reports(tu, "đèn đường trụ NH-012 không sáng");
  passes(60);
  await tells("NH-012", "fault");
  passes(60);
  expect((await tells("NH-012", "ok")).body).toMatchObject({ kept: 1 });
  await tells("NH-012", "ok"); // told twice: one proposal
  expect(await database.db.reportProposal.count()).toBe(1);

  const staff = await desk.signIn("agent", "AN-HOI");
  const url = `/console/reports/${report.code}`;
  expect((await staff.get("/console/reports")).text).toMatch(
    new RegExp(`chờ anh/chị đồng ý[^]*NH-012 · ${report.code}`),
  );
  const page = (await staff.get(url)).text;
  expect(page).toContain("Đèn NH-012 báo đã sáng lại lúc 25/11/2026 11:00: đóng phản ánh?");
  const id = /name="id" value="(\d+)"/.exec(page)![1]!;
  const other = await desk.signIn("agent", "PHU-KHUONG");
  expect((await other.post(`${url}/proposal`, { id, agrees: "yes" })).status).toBe(404);
  await staff.post(`${url}/proposal`, { id, agrees: "yes" }).expect(303);

  expect((await reportOf(tu)).state).toBe("resolved");
  expect((await staff.get(url)).text).not.toContain("đóng phản ánh?");
  expect((await tu.says("cảm ơn em")).join("\n")).toMatch(/NH-012 báo đèn đã sáng/);
  const deeds = await database.db.auditEntry.findMany({ where: { subject: report.code } });
  expect(deeds.map(({ action }) => action)).toEqual(["report.proposal.agree", "report.state"]);
});

test("what staff refuse is not proposed again until the lamp has failed; a lamp that fails takes its proposal back", async () => {
  const nam = await town.knownResident("Chú Năm đèn");
  const { report } = await reports(nam, "đèn đường trụ NH-012 không sáng");
  passes(10);
  await tells("NH-012", "ok");
  const staff = await desk.signIn("agent", "AN-HOI");
  const url = `/console/reports/${report.code}`;
  const idIn = async () => /name="id" value="(\d+)"/.exec((await staff.get(url)).text)?.[1];
  await staff.post(`${url}/proposal`, { id: await idIn(), agrees: "no" }).expect(303);
  expect((await reportOf(nam)).state).toBe("received");
  passes(10);
  await tells("NH-012", "ok");
  expect(await idIn()).toBeUndefined();

  passes(10);
  await tells("NH-012", "fault");
  passes(10);
  await tells("NH-012", "ok");
  const waiting = await idIn();
  expect(waiting).toBeDefined();
  passes(10);
  await tells("NH-012", "fault");
  await staff.post(`${url}/proposal`, { id: waiting, agrees: "yes" }).expect(303);
  expect((await reportOf(nam)).state).toBe("received");
});

test("an unknown lamp, a state that is none and a time ahead are refused with the reason; late news changes nothing", async () => {
  const refused = async (lamp: string, state: string, at?: Date) =>
    ((await tells(lamp, state, at)).body as { refused: { reason: string }[] }).refused[0]?.reason;
  expect(await refused("XX-999", "ok")).toMatch(/"XX-999" is not known/);
  expect(await refused("NH-012", "blinks")).toMatch(/state/);
  expect(await refused("NH-012", "ok", new Date(now.getTime() + 3_600_000))).toMatch(/future/);
  await tells("NH-012", "ok");
  expect(await refused("NH-012", "fault", new Date(now.getTime() - 3_600_000))).toBeUndefined();
  expect((await database.db.lamp.findUniqueOrThrow({ where: { code: "NH-012" } })).state).toBe("ok");
});
