import fc from "fast-check";
import { DateTime } from "luxon";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { ZONE } from "../../../infra/clock.ts";
import { move, type Deed } from "../workflow.ts";
import { createFiring, scheduleSettings } from "./firing.ts";
import { scheduleConsole } from "./routes.tsx";
import { findSchedule } from "./store.ts";
import { nextFrom, timeOf, type Repeat } from "./times.ts";

const database = useTestDatabase();
let now = new Date("2026-11-25T09:00:00+07:00");
const clock = { now: () => now };
let office: ConsoleKit;
let editor: Browser;
let people: { editor: number; approver: number };
let id: bigint;
const CODE = "TB-2611-90001";
const path = `/console/announcements/${CODE}/schedule`;

beforeAll(async () => {
  await prepareJobs(database.pool);
  office = await openConsole(database, {
    pages: [{ name: "announcements", router: scheduleConsole({ database, clock }) }],
  });
  editor = await office.signIn("editor", "PHU-KHUONG");
  const [wrote] = await database.db.staff.findMany({ where: { email: editor.email } });
  people = { editor: wrote!.id, approver: (await office.person("approver", "PHU-KHUONG")).id };
});
beforeEach(async () => {
  now = new Date("2026-11-25T09:00:00+07:00");
  await database.db.$executeRaw`TRUNCATE announcement, graphile_worker._private_jobs CASCADE`;
  const notice = await database.db.announcement.create({
    data: {
      ...{ code: CODE, title: "Lịch thu gom rác khu phố 3", body: "Xe thu gom đi qua lúc 7 giờ 30 sáng." },
      ...{ unitCode: "PHU-KHUONG", authorId: people.editor, createdAt: now, updatedAt: now },
      ...{ validFrom: new Date("2026-11-30T00:00:00+07:00"), validTo: new Date("2026-12-01T00:00:00+07:00") },
      plan: { create: { units: ["PHU-KHUONG"], ways: ["message"], channels: ["zalo"] } },
    },
  });
  id = notice.id;
});

const step = (deed: Deed, by: keyof typeof people, comment = "") =>
  database.transaction((tx) =>
    move(tx, CODE, deed, { id: people[by], units: ["PHU-KHUONG"] }, { at: now, comment }),
  );
async function approve() {
  expect(await step("submit", "editor")).toBeNull();
  expect(await step("approve", "approver")).toBeNull();
}
const appoint = (fields: object = {}) =>
  editor.post(path, { day: "2026-11-30", time: "07:00", repeat: "once", ...fields });
const fireAt = async (moment: string) => {
  now = new Date(moment);
  await createFiring({ database, clock })(id);
};
const schedule = async () => (await findSchedule(database.db, id))!;
const stateOf = async (code = CODE) =>
  (await database.db.announcement.findUniqueOrThrow({ where: { code } })).state;
const runs = () =>
  database.db.announcement.findMany({
    where: { seriesId: id },
    include: { steps: { orderBy: { id: "asc" } }, plan: true },
    orderBy: { id: "asc" },
  });
const jobs = () =>
  database.db.$queryRaw<{ run_at: Date }[]>`
    SELECT run_at FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'announcements.fire'`;

describe("once", () => {
  test("what is approved goes out at its time, in the name of who appointed it, and once", async () => {
    await appoint().expect(303);
    expect(await jobs()).toEqual([{ run_at: new Date("2026-11-30T07:00:00+07:00") }]);
    await approve();
    await fireAt("2026-11-30T06:59:00+07:00");
    expect(await stateOf()).toBe("approved");
    await fireAt("2026-11-30T07:00:01+07:00");
    await fireAt("2026-11-30T07:00:02+07:00");
    expect(await stateOf()).toBe("published");
    expect(await schedule()).toMatchObject({ state: "over", nextAt: null });
    const steps = await database.db.announcementStep.findMany({ where: { kind: "published" } });
    expect(steps).toMatchObject([{ staffId: people.editor }]);
    expect(await database.db.announcementSending.count()).toBe(1);
  });

  test("a time that was missed by too much asks; somebody sends it then, or it is cancelled", async () => {
    await appoint();
    await approve();
    const late = scheduleSettings.value.lateAfter + 1;
    await fireAt(new Date(Date.parse("2026-11-30T07:00:00+07:00") + late * 60_000).toISOString());
    expect(await schedule()).toMatchObject({ state: "asking", why: "late" });
    expect(await stateOf()).toBe("approved");
    expect((await editor.get(path)).text).toMatch(/Cần quyết định[^]*Đã qua giờ hẹn quá lâu[^]*Gửi bây giờ/);
    await editor.post(`${path}/now`).expect(303);
    expect(await stateOf()).toBe("published");
    await editor.post(`${path}/now`);
    expect(await database.db.auditEntry.count({ where: { action: "announcement.schedule_now" } })).toBe(1);
  });

  test("a little late is not late", async () => {
    await appoint();
    await approve();
    await fireAt("2026-11-30T07:20:00+07:00");
    expect(await stateOf()).toBe("published");
  });

  test("what nobody approved, or is no longer in order, is not sent", async () => {
    await appoint();
    await fireAt("2026-11-30T07:00:01+07:00");
    expect(await schedule()).toMatchObject({ state: "asking", why: "not_approved" });
    now = new Date("2026-11-30T08:00:00+07:00");
    await appoint({ day: "2026-12-02" });
    await approve();
    await fireAt("2026-12-02T07:00:01+07:00"); // its validity is over
    expect(await schedule()).toMatchObject({ state: "asking", why: "not_ready" });
    expect(await stateOf()).toBe("approved");
  });

  test("the time is moved and cancelled until it is there; published by hand, it is over", async () => {
    await appoint();
    await approve();
    await appoint({ day: "2026-11-29", time: "06:30" }).expect(303);
    expect(await jobs()).toEqual([{ run_at: new Date("2026-11-29T06:30:00+07:00") }]);
    await editor.post(`${path}/cancel`).expect(303);
    await fireAt("2026-11-29T06:31:00+07:00");
    expect(await stateOf()).toBe("approved");
    await appoint({ day: "2026-11-30" });
    await step("publish", "editor");
    expect(await schedule()).toMatchObject({ state: "over" });
    await fireAt("2026-11-30T07:00:01+07:00");
    expect(await database.db.announcementSending.count()).toBe(1);
  });

  test.each([
    [{ day: "2026-11-24" }, "Giờ hẹn đã qua"],
    [{ day: "2030-01-01" }, "Hẹn xa quá"],
    [{ day: "30/11/2026" }, "Ngày giờ không đúng"],
    [{ repeat: "weekly", until: "2026-11-29" }, "Ngày cuối ở trước ngày đầu"],
  ])("%j is refused in words", async (fields, words) => {
    expect((await appoint(fields).expect(422)).text).toContain(words);
    expect(await findSchedule(database.db, id)).toBeNull();
  });
});

describe("a series", () => {
  const weekly = { repeat: "weekly", until: "2026-12-14" };

  test("brings forth an announcement each time, approved with the series, and ends", async () => {
    await appoint(weekly);
    await approve();
    for (const day of ["2026-11-30", "2026-12-07", "2026-12-14"]) await fireAt(`${day}T07:00:01+07:00`);
    expect(await schedule()).toMatchObject({ state: "over", runs: 3, nextAt: null });
    const made = await runs();
    expect(made.map(({ state }) => state)).toEqual(["published", "published", "published"]);
    expect(new Set(made.map(({ code }) => code)).size).toBe(3);
    const days = (moment: Date | null) => DateTime.fromJSDate(moment!, { zone: ZONE }).toISODate();
    expect(made.map(({ validTo }) => days(validTo))).toEqual(["2026-12-01", "2026-12-08", "2026-12-15"]);
    expect(made[1]!.steps).toMatchObject([
      { kind: "approved", staffId: people.approver, comment: `Duyệt cho cả loạt ${CODE}` },
      { kind: "published", staffId: people.editor },
    ]);
    expect(made[1]!.plan).toMatchObject({ ways: ["message"] });
    expect(await stateOf()).toBe("approved");
    expect((await editor.get(path)).text).toContain(made[2]!.code);
  });

  test("fired twice at one time it brings forth one; a time that was missed is passed over when somebody says so", async () => {
    await appoint(weekly);
    await approve();
    now = new Date("2026-11-30T07:00:01+07:00");
    const fire = createFiring({ database, clock });
    await Promise.all([fire(id), fire(id), fire(id)]);
    expect(await runs()).toHaveLength(1);
    await fireAt("2026-12-07T10:00:00+07:00");
    expect(await schedule()).toMatchObject({ state: "asking", why: "late" });
    await editor.post(`${path}/skip`).expect(303);
    expect(await schedule()).toMatchObject({
      ...{ state: "waiting", nextAt: new Date("2026-12-14T07:00:00+07:00") },
    });
    expect(await runs()).toHaveLength(1);
  });

  test("how often is approved: afterwards only the next time moves", async () => {
    await appoint();
    await approve();
    expect((await appoint(weekly)).headers.location).toBe(path);
    expect((await editor.get(path)).text).toContain("hẹn khi còn là bản nháp");
    expect(await schedule()).toMatchObject({ repeat: "once" });
    await step("reject", "approver", "cho cả loạt");
    await appoint(weekly);
    await approve();
    await appoint({ ...weekly, day: "2026-12-01", time: "09:00" }).expect(303);
    expect(await schedule()).toMatchObject({
      ...{ repeat: "weekly", nextAt: new Date("2026-12-01T09:00:00+07:00") },
      startsAt: new Date("2026-11-30T07:00:00+07:00"),
    });
    await fireAt("2026-12-01T09:00:01+07:00");
    expect((await schedule()).nextAt).toEqual(new Date("2026-12-07T07:00:00+07:00"));
  });

  test("what is to come stands in one list; of others' units there is nothing", async () => {
    await appoint(weekly);
    const { text } = await editor.get("/console/announcements/coming").expect(200);
    expect(text).toMatch(/30\/11\/2026 07:00[^]*Mỗi tuần, 07:00 thứ Hai, tới 14\/12\/2026/);
    const foreign = await office.signIn("editor", "AN-HOI");
    expect((await foreign.get("/console/announcements/coming")).text).not.toContain(CODE);
    await foreign.post(path, { day: "2026-11-30", time: "07:00" }).expect(404);
  });
});

describe("times of a series", () => {
  const at = (text: string) => new Date(`${text}+07:00`);
  test("the 31st is the last day of a shorter month, and the 31st again after it", () => {
    const monthly = { repeat: "monthly" as const, startsAt: at("2027-01-31T07:00:00"), until: null };
    expect([0, 1, 2, 3].map((n) => timeOf(monthly, n))).toEqual(
      ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"].map((day) => at(`${day}T07:00:00`)),
    );
  });

  test("the next time is to come, at the same hour, none left out", () => {
    const repeats = fc.constantFrom<Repeat>("daily", "weekly", "monthly");
    fc.assert(
      fc.property(
        repeats,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 400 }),
        (repeat, n, days) => {
          const timetable = { repeat, startsAt: at("2026-11-30T07:00:00"), until: at("2028-01-01T00:00:00") };
          const when = new Date(timetable.startsAt.getTime() + days * 86_400_000);
          const next = nextFrom(timetable, n, when);
          if (!next) return timeOf(timetable, n) === null || timeOf(timetable, 1000) === null;
          const before = next.n > n ? timeOf(timetable, next.n - 1)! : null;
          expect(next.at > when && next.at <= timetable.until).toBe(true);
          expect(before === null || before <= when).toBe(true);
          expect(DateTime.fromJSDate(next.at, { zone: ZONE }).toFormat("HH:mm")).toBe("07:00");
          return true;
        },
      ),
    );
  });
});
