import { createTestAccount } from "../../../channels/testing.ts";
import { quietHours } from "../../../channels/windows.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { createTelling } from "../telling.ts";
import { createHoursWatch } from "./hours.ts";
import { startSending } from "./sending.ts";
import { markOf, type NoticeKind } from "./store.ts";

const database = useTestDatabase();
// far ahead: what waits for such a morning is not due meanwhile
let now = new Date("2027-03-01T20:30:00+07:00");
const clock = { now: () => now };
const telling = createTelling({
  ...{ database, clock, wording: loadWording(), publicUrl: "https://hoi.example" },
});
let watch: () => Promise<void>;
const marks: Record<string, string> = {};

beforeAll(async () => {
  await prepareJobs(database.pool);
  const { account } = await createTestAccount(database);
  for (const level of ["normal", "emergency"]) {
    const notice = await database.db.announcement.create({
      data: {
        ...{
          code: `TB-2703-0000${level.length}`,
          title: "Cúp nước",
          body: "Nước yếu từ 8 giờ sáng mai.",
          level,
        },
        ...{ unitCode: "PHU-KHUONG", topic: "water", state: "published", publishedAt: now },
      },
    });
    marks[level] = markOf(notice.id, "news");
    const { id: residentId } = await database.db.resident.create({
      data: { accountId: account.id, externalId: level, subscriptions: { create: {} } },
    });
    await database.db.conversation.create({ data: { residentId, lastInboundAt: now } });
    await database.db.$transaction((tx) => startSending(tx, notice.id, "news", now));
  }
});
beforeEach(() => (watch = createHoursWatch({ database, clock })));
afterEach(() => quietHours.follow({}));

/** What the clock of the jobs would do: the watch, then whatever it has called for. */
async function minutePasses() {
  await watch();
  const due = await database.db.$queryRaw<{ payload: { id: string; kind: NoticeKind } }[]>`
    SELECT payload FROM graphile_worker._private_jobs WHERE run_at <= now() ORDER BY id`;
  await database.db.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE run_at <= now()`;
  for (const { payload } of due) await telling.tell(BigInt(payload.id), payload.kind);
  return due.length;
}
const dueOf = async (level: string) => {
  const [copy] = await database.db.outboundMessage.findMany({ where: { bulkOf: marks[level]! } });
  return copy!.dueAt;
};
const isNow = (moment: Date) => Math.abs(moment.getTime() - Date.now()) < 60_000;

test("copies that wait move with the quiet hours: to the morning, to another one, and go when it is day", async () => {
  await minutePasses();
  expect(isNow(await dueOf("normal"))).toBe(true);
  expect(await minutePasses()).toBe(0);

  quietHours.follow({ from: 20, to: 7 });
  await minutePasses();
  expect(await dueOf("normal")).toEqual(new Date("2027-03-02T07:00:00+07:00"));
  quietHours.follow({ from: 20, to: 9 });
  await minutePasses();
  expect(await dueOf("normal")).toEqual(new Date("2027-03-02T09:00:00+07:00"));
  quietHours.follow({ from: 20, to: 8 });
  await minutePasses();
  expect(await dueOf("normal")).toEqual(new Date("2027-03-02T08:00:00+07:00"));
  expect(isNow(await dueOf("emergency"))).toBe(true);

  quietHours.follow({ from: 22, to: 7 });
  await minutePasses();
  expect(isNow(await dueOf("normal"))).toBe(true);
});

test("what was queued before the night waits once the night is there", async () => {
  now = new Date("2027-03-01T21:59:00+07:00");
  await minutePasses();
  now = new Date("2027-03-01T22:00:30+07:00");
  await minutePasses();
  expect(await dueOf("normal")).toEqual(new Date("2027-03-02T07:00:00+07:00"));
  expect(isNow(await dueOf("emergency"))).toBe(true);
});
