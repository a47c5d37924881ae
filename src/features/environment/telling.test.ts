import { testBox } from "../../channels/testing.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadWording } from "../../dialogue/wording.ts";
import { createAnnouncements, draftByService } from "../announcements/index.ts";
import { conversations } from "../conversations/index.ts";
import type { Feature } from "../feature.ts";
import { pretendMailer } from "../testing/mail.ts";
import { testMedia } from "../testing/media.ts";
import { openTown, pretendEngine, type Resident, type Town } from "../testing/people.ts";
import { createEnvironment, ensureSampleStations, stationNames } from "./index.ts";
import { createReadings, type TakeReading } from "./readings.ts";
import { createTelling } from "./telling.ts";

const database = useTestDatabase();
const START = new Date();
START.setUTCHours(3, 0, 0, 0); // ten in the morning in Việt Nam
let now = START;
const clock = { now: () => now };
const STATION = "MAN-AN-THUAN";
let town: Town;
let environment: Feature;
let take: TakeReading;

beforeAll(async () => {
  const wording = loadWording();
  const engine = pretendEngine({
    "do man an thuan": "environment.reading",
    "ngưng nhận tin": "subscription.remove",
    "nhận tin độ mặn": "subscription.add",
    "chào em": "greeting",
  });
  const media = { keepPicture: async () => "0".repeat(64) };
  const parts = { database, wording, clock, draft: draftByService };
  const lamps = { lampWorks: async () => {}, lampFails: async () => {} };
  environment = createEnvironment({ ...parts, ...lamps, media, pushKeys: [] });
  take = createReadings({ database, clock, warn: createTelling(parts).warn });
  const announcements = createAnnouncements({
    nameTopics: stationNames,
    ...{ ...parts, engine, publicUrl: "https://hoi.example", media: testMedia(database) },
    mailer: pretendMailer(),
    box: testBox,
  });
  town = await openTown(database, [environment, announcements, conversations], engine, clock);
  await ensureSampleStations(database.db, now);
  await database.db.reading.deleteMany();
});
beforeEach(async () => {
  await database.db.subscription.deleteMany();
  await database.db.stationWarning.deleteMany();
  await database.db.reading.deleteMany();
  await database.db.station.updateMany({ data: { highSince: null } });
  await database.db.announcement.deleteMany({ where: { archived: false } });
  await database.db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  now = START;
});

/** Measured so many minutes after ten o'clock, and at once known here. */
async function measured(value: number, minutes: number) {
  now = new Date(START.getTime() + minutes * 60_000);
  expect(await take({ station: STATION, at: now.toISOString(), value }, "http")).toBeNull();
}

/** Runs the jobs that wait, as the worker would. @returns how many there were. */
async function runJobs(): Promise<number> {
  const jobs = await database.db.$queryRaw<{ id: bigint; payload: { id: string } }[]>`
    DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND t.identifier = 'environment.tell' RETURNING j.id, j.payload`;
  for (const { payload } of jobs) await environment.jobs!.tasks["environment.tell"]!(payload as never);
  return jobs.length;
}

/** What was sent to them of our own accord. */
async function toldTo(person: Resident) {
  const rows = await database.db.outboundMessage.findMany({
    where: { conversationId: (await person.conversation()).id, purpose: "bulk" },
    orderBy: { id: "asc" },
  });
  return rows.map(({ content }) => (content as { text: string }).text);
}

const drafts = () => database.db.announcement.findMany({ where: { state: "draft", authorId: null } });

test("over its bar a station drafts an announcement for the unit and tells who follows it, once however it hovers", async () => {
  const lan = await town.knownResident("Chị Lan theo trạm");
  const ba = await town.knownResident("Anh Ba không theo");
  await ba.says("chào em");
  await measured(2, 0);
  const [answer] = await lan.says("do man an thuan");
  expect(answer).toMatch(/Báo tôi khi Trạm An Thuận lên cao/);
  expect((await lan.says("1"))[0]).toMatch(/khi Trạm An Thuận đo tới 4 ‰, em nhắn anh\/chị liền/);

  for (const [index, value] of [3.9, 4.1, 3.9, 4.2, 3.8, 4.5].entries())
    await measured(value, 10 + index * 10);
  expect(await runJobs()).toBe(1);
  expect(await toldTo(lan)).toEqual([
    expect.stringMatching(/Trạm An Thuận vừa đo độ mặn 4,1 ‰ lúc .*chưa phải thông báo của phường/s),
  ]);
  expect(await toldTo(ba)).toEqual([]);

  const [draft, ...others] = await drafts();
  expect(others).toEqual([]);
  expect(draft).toMatchObject({
    unitCode: "DO-THI",
    topic: "salinity",
    title: "Cảnh báo độ mặn tại Trạm An Thuận",
  });
  expect(draft!.body).toMatch(/đo được độ mặn 4,1 ‰.*đo lại độ mặn trước khi lấy nước tưới/s);
  const warning = await database.db.stationWarning.findFirstOrThrow();
  expect(warning.announcementCode).toBe(draft!.code);
});

test("who subscribed to the topic hears of it; who then stops hears no more", async () => {
  const hai = await town.knownResident("Chú Hai chủ đề");
  const tu = await town.knownResident("Cô Tư ngưng");
  await hai.says("nhận tin độ mặn");
  await measured(2, 0);
  await tu.says("do man an thuan");
  await tu.says("1");
  const [follows] = await tu.says("nhận tin độ mặn");
  expect(follows).toMatch(/số đo Trạm An Thuận/);
  expect(follows).not.toMatch(/MAN-AN-THUAN/);
  await tu.says("ngưng nhận tin");
  await measured(4.4, 10);
  await runJobs();
  expect(await toldTo(hai)).toHaveLength(1);
  expect(await toldTo(tu)).toEqual([]);
});

test("at night it waits for the morning; with the window shut it comes with the next answer, once", async () => {
  const nam = await town.knownResident("Chị Năm đêm");
  await nam.says("nhận tin độ mặn");
  await measured(4.4, 13 * 60); // 23:00
  expect(await runJobs()).toBe(1);
  expect(await toldTo(nam)).toEqual([]);
  const [job] = await database.db.$queryRaw<{ run_at: Date }[]>`
    SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'environment.tell'`;
  expect(job!.run_at).toEqual(new Date(START.getTime() + 21 * 3_600_000)); // seven in the morning

  const { id } = await nam.conversation();
  await database.db.conversation.update({ where: { id }, data: { lastInboundAt: new Date(0) } });
  now = job!.run_at;
  await runJobs();
  expect(await toldTo(nam)).toEqual([]);
  expect((await nam.says("chào em")).join("\n")).toMatch(/Trạm An Thuận vừa đo/);
  expect((await nam.says("chào em")).join("\n")).not.toMatch(/vừa đo/);
});

test("the same reading twice, and one that comes late, change nothing", async () => {
  await measured(4.4, 0);
  expect(await take({ station: STATION, at: now.toISOString(), value: 4.4 }, "mqtt")).toBeNull();
  await measured(2, 10);
  const early = new Date(START.getTime() + 5 * 60_000).toISOString();
  expect(await take({ station: STATION, at: early, value: 9 }, "mqtt")).toBeNull();
  expect(await database.db.stationWarning.count()).toBe(1);
  expect(await database.db.reading.count()).toBe(3);
  expect((await database.db.station.findUniqueOrThrow({ where: { code: STATION } })).highSince).toBeNull();
});
