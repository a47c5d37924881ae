import { createTestAccount } from "../../channels/testing.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { ensureUnits } from "../../residents/units.ts";
import {
  correctCategory,
  fileReport,
  findByCode,
  findNearby,
  joinReport,
  rate,
  reopen,
  reportsOf,
  type NewReport,
} from "./store.ts";

const database = useTestDatabase();
const light = { code: "street_light", targetHours: 72, priority: "normal", public: true } as const;
const noise = { code: "noise", targetHours: 24, priority: "normal", public: true } as const;
const at = new Date("2026-11-25T08:00:00+07:00");
const market = { latitude: 10.2434, longitude: 106.3756 };
let lan: bigint, hung: bigint;

beforeAll(async () => {
  await ensureUnits(database.db);
  const { account } = await createTestAccount(database);
  const resident = async (externalId: string) =>
    (await database.db.resident.create({ data: { accountId: account.id, externalId } })).id;
  lan = await resident("lan");
  hung = await resident("hung");
});

const told = (change: Partial<NewReport> = {}): NewReport => ({
  category: light,
  description: "đèn tắt ba bữa nay",
  place: "trước số 12 Nguyễn Huệ",
  wardCode: "28756",
  reporter: { kind: "resident", residentId: lan },
  unitCode: "DO-THI",
  at,
  ...change,
});
const file = (change: Partial<NewReport> = {}) => database.transaction((tx) => fileReport(tx, told(change)));

test("a report gets a code of its month, the ward's unit and a deadline in working hours", async () => {
  const report = await file();
  expect(report.code).toMatch(/^PA-2611-\d{5}$/);
  expect(report).toMatchObject({ unitCode: "PHU-KHUONG", unitName: "Phường Phú Khương" });
  expect(report.dueAt).toEqual(new Date("2026-11-30T08:00:00+07:00"));
});

test("codes given at the same moment are all different", async () => {
  const reports = await Promise.all(Array.from({ length: 8 }, () => file()));
  expect(new Set(reports.map(({ code }) => code)).size).toBe(8);
});

test("a rule for the category and ward goes before one for the category, and that before the ward", async () => {
  await database.db.reportRule.createMany({
    data: [
      { category: "noise", wardCode: null, unitCode: "AN-HOI" },
      { category: "noise", wardCode: "28858", unitCode: "SON-DONG" },
    ],
  });
  expect((await file({ category: noise })).unitCode).toBe("AN-HOI");
  expect((await file({ category: noise, wardCode: "28858" })).unitCode).toBe("SON-DONG");
  expect((await file({ wardCode: null })).unitCode).toBe("DO-THI");
});

test("what is told of again is found by its pole, its distance or its address, while it is open", async () => {
  const near = { latitude: market.latitude + 0.0003, longitude: market.longitude };
  const first = await file({ point: market, lampPole: "NH-045", street: "Nguyễn Huệ", houseNumber: "12" });
  const find = (where: object, radius = 50) =>
    findNearby(database.db, "street_light", where, radius).then((found) => found.map(({ code }) => code));
  expect(await find({ point: near })).toEqual([first.code]);
  expect(await find({ point: near }, 20)).toEqual([]);
  expect(await find({ lampPole: "NH-045" })).toEqual([first.code]);
  expect(await find({ lampPole: "NH-045" }, 0)).toEqual([]);
  expect(await find({ street: "Nguyễn Huệ", houseNumber: "12", wardCode: "28756" })).toEqual([first.code]);
  expect(await find({ street: "Nguyễn Huệ", houseNumber: "14", wardCode: "28756" })).toEqual([]);
  expect(await findNearby(database.db, "noise", { point: near }, 50)).toEqual([]);
  const [found] = await findNearby(database.db, "street_light", { point: near }, 50);
  expect(found).toMatchObject({ distance: 33, state: "received", photo: null });
  await database.db.report.update({ where: { id: first.id }, data: { state: "resolved" } });
  expect(await find({ point: near })).toEqual([]);
});

test("whoever joins a report hears of it, and is told nothing of the reporter", async () => {
  const { id, code } = await file();
  await joinReport(database.db, id, hung, { at });
  await joinReport(database.db, id, hung, { at });
  expect(await reportsOf(database.db, hung)).toMatchObject([{ code, own: null, follows: true }]);
  expect(await database.db.reportEvent.count({ where: { reportId: id, kind: "joined" } })).toBe(1);
});

test("a code tells everybody the public part, and its reporter their own words", async () => {
  const { code } = await file();
  expect(await findByCode(database.db, code.toLowerCase(), hung)).toMatchObject({ code, own: null });
  expect(await findByCode(database.db, code, lan)).toMatchObject({
    own: { description: "đèn tắt ba bữa nay" },
  });
  const hidden = await file({ category: { ...light, public: false } });
  expect(await findByCode(database.db, hidden.code, hung)).toBeNull();
  expect(await findByCode(database.db, hidden.code, lan)).not.toBeNull();
});

test("a reporter reopens what is not done, within seven days and only their own", async () => {
  const { id } = await file();
  const again = (who: bigint, days: number) =>
    reopen(database.db, id, who, { note: "vẫn tắt", at: new Date(at.getTime() + days * 86_400_000) });
  expect(await again(lan, 1)).toBe("not_now");
  await database.db.report.update({ where: { id }, data: { state: "resolved", stateAt: at } });
  expect(await again(hung, 1)).toBe("not_yours");
  expect(await again(lan, 8)).toBe("too_late");
  expect(await again(lan, 6)).toBeNull();
  expect(await database.db.report.findUnique({ where: { id } })).toMatchObject({ state: "reopened" });
});

test("a resolved report is rated by its reporter, who may change their mind", async () => {
  const { id } = await file();
  const judge = (rating: 1 | 3) => rate(database.db, id, lan, { rating, comment: null, at });
  expect(await judge(3)).toBe("not_now");
  await database.db.report.update({ where: { id }, data: { state: "resolved" } });
  expect(await judge(3)).toBeNull();
  expect(await judge(1)).toBeNull();
  expect(await database.db.report.findUnique({ where: { id } })).toMatchObject({ rating: 1 });
});

test("the reporter puts its kind right until it is accepted, and it goes to the unit of that kind", async () => {
  const { id } = await file();
  const correct = () => correctCategory(database.db, id, lan, { category: noise, at });
  expect(await correct()).toEqual({ unitName: "Phường An Hội" });
  await database.db.report.update({ where: { id }, data: { state: "assigned" } });
  expect(await correct()).toEqual({ refused: "not_now" });
});

test("what happened to a report cannot be rewritten", async () => {
  const { id } = await file();
  await expect(
    database.db.reportEvent.updateMany({ where: { reportId: id }, data: { state: "closed" } }),
  ).rejects.toThrow(/append-only/);
});
