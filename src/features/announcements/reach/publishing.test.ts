import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { Settings } from "../../../simulator/settings.ts";
import { move } from "../workflow.ts";
import { startSending, steerSending } from "../notices/sending.ts";
import { appoint, cancelSchedule } from "../schedule/store.ts";
import { decide, type Decision } from "./deciding.ts";
import { startPublishing, steerPublishing } from "./publishing.ts";
import { openDesk, PUBLIC_URL, type Desk } from "./testing.ts";

afterAll(() => desk?.close()); // before its database goes
const database = useTestDatabase();
let desk: Desk;
let staffId: number;
const MORNING = "2026-11-25T09:00:00+07:00";
const LAN = "7700135524419980021";

beforeAll(async () => {
  await prepareJobs(database.pool);
  desk = await openDesk(database);
  const unitCode = "PHU-KHUONG";
  staffId = (
    await database.db.staff.create({
      data: { email: "a@hoiphuong.test", passwordHash: "", role: "approver", unitCode },
    })
  ).id;
});
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE announcement, resident, graphile_worker._private_jobs CASCADE`;
  await desk.setTime(MORNING);
  await desk.run.setFaults({});
  await set({ broadcastsPerMonth: 40 });
  desk.posts().length = 0;
  desk.articles().length = 0;
  Object.assign(desk.run.simulator.world.account(`zalo:${desk.oa.externalId}`)!, {
    broadcasts: { month: "", count: 0 },
  });
  desk.run.does(desk.run.zalo, LAN, { act: "follow" });
  desk.run.does(desk.run.zalo, LAN, { act: "text", text: "xin chào" });
  const lan = await database.db.resident.create({
    data: { accountId: desk.oa.id, externalId: LAN, follows: true },
  });
  await database.db.conversation.create({ data: { residentId: lan.id, lastInboundAt: desk.clock.now() } });
});

const set = (settings: Partial<Settings>) => desk.run.control("PATCH", "/settings", settings);
const mover = () => ({ id: staffId, units: ["PHU-KHUONG"] });
const ALL_WAYS = ["message", "article", "broadcast", "post"];
let count = 0;

async function approved(changes: object = {}, ways = ALL_WAYS) {
  const at = desk.clock.now();
  const code = `TB-2611-${String(++count).padStart(5, "0")}`;
  return database.db.announcement.create({
    data: {
      ...{ code, title: "Cúp nước khu phố 3", body: "Nước yếu từ 8 giờ.\n\n- Trữ nước\n- Khóa van" },
      ...{ unitCode: "PHU-KHUONG", topic: "water", state: "approved", createdAt: at, updatedAt: at },
      ...{ documentNumber: "41/TB-UBND", documentDate: new Date("2026-11-24"), signer: "Trần Văn Út" },
      plan: { create: { units: ["PHU-KHUONG"], ways, channels: ["zalo", "facebook"] } },
      ...changes,
    },
  });
}
const act = (code: string, deed: "publish" | "recall") =>
  database.transaction((tx) => move(tx, code, deed, mover(), { at: desk.clock.now(), comment: "Sai ngày" }));
async function publish(changes: object = {}, ways = ALL_WAYS) {
  const notice = await approved(changes, ways);
  expect(await act(notice.code, "publish")).toBeNull();
  return notice;
}
const rows = async (announcementId: bigint) =>
  Object.fromEntries(
    (await database.db.announcementPublication.findMany({ where: { announcementId } })).map((row) => [
      row.kind,
      row,
    ]),
  );
const states = async (announcementId: bigint) =>
  Object.fromEntries(Object.entries(await rows(announcementId)).map(([kind, { state }]) => [kind, state]));
const received = () => desk.run.thread(desk.run.zalo, LAN).entries.filter(({ cards }) => cards);

describe("what is chosen is put on the accounts", () => {
  test("an article is made, asked for until it is there, and broadcast to the followers; a post stands on the Page", async () => {
    const { id, code } = await publish();
    await desk.workOn();
    expect(await states(id)).toEqual({ article: "done", broadcast: "done", post: "done" });
    expect(desk.articles()).toHaveLength(1);
    expect(desk.articles()[0]!.fields).toMatchObject({
      ...{ type: "normal", title: "Cúp nước khu phố 3", author: "Phường Phú Khương", status: "show" },
      body: [
        ...["Nước yếu từ 8 giờ.", "- Trữ nước", "- Khóa van"],
        "Số 41/TB-UBND ngày 24/11/2026. Người ký: Trần Văn Út.",
        `Phường Phú Khương, mã thông báo ${code}. Xem và kiểm tra: ${PUBLIC_URL}/thong-bao/${code}`,
      ].map((content) => ({ type: "text", content })),
    });
    expect(received().at(-1)!.cards![0]).toMatchObject({ title: "Cúp nước khu phố 3" });
    expect(desk.posts()).toMatchObject([{ link: `${PUBLIC_URL}/thong-bao/${code}`, scheduledFor: null }]);
    expect(desk.posts()[0]!.text).toContain("CÚP NƯỚC KHU PHỐ 3\n\nNước yếu từ 8 giờ.");
    const { article, post } = await rows(id);
    expect(article!.link).toContain(`/articles/${article!.externalId}`);
    expect(post!.link).toContain(post!.externalId);
  });

  test("however often it is begun or a step is taken, each is there once", async () => {
    const notice = await publish();
    const begin = () => database.db.$transaction((tx) => startPublishing(tx, notice, desk.clock.now()));
    await Promise.all([begin(), begin()]);
    const all = Object.values(await rows(notice.id));
    await Promise.all([...all, ...all].map(({ id }) => desk.publisher.step(id)));
    await desk.workOn();
    expect([desk.articles().length, desk.posts().length, desk.broadcasts()]).toEqual([1, 1, 1]);
  });

  test("a cover and the pictures that go with it stand in one post; other files do not", async () => {
    const file = (hash: string, mime: string) => ({
      name: hash,
      media: { create: { hash, mime, bytes: 1 } },
    });
    await database.db.media.create({ data: { hash: "cover", mime: "image/jpeg", bytes: 1 } });
    const { code } = await publish(
      {
        coverHash: "cover",
        files: { create: [file("a", "image/png"), file("b", "application/pdf"), file("c", "image/jpeg")] },
      },
      ["post", "article"],
    );
    await desk.workOn();
    const root = `${PUBLIC_URL}/thong-bao/${code}`;
    const [post] = desk.posts();
    expect(post!.pictures).toEqual([
      `${root}/anh-bia.jpg`,
      ...[expect.stringContaining(`${root}/tep/`), expect.stringContaining(`${root}/tep/`)],
    ]);
    expect(desk.articles()[0]!.fields.cover).toMatchObject({ photo_url: `${root}/anh-bia.jpg` });
  });

  test("without a plan nothing is put anywhere; without a broadcast nobody's phone rings", async () => {
    const bare = await publish({ plan: undefined });
    const { id } = await publish({}, ["article"]);
    const before = received().length;
    await desk.workOn();
    expect(await states(bare.id)).toEqual({});
    expect(await states(id)).toEqual({ article: "done" });
    expect(received()).toHaveLength(before);
  });
});

describe("an answer that never came", () => {
  test("what the platform took is found in its lists, and put there once", async () => {
    const { id } = await publish();
    await desk.run.setFaults({ dropAnswer: 1 });
    await desk.work();
    expect(await states(id)).toMatchObject({ article: "unknown", post: "unknown", broadcast: "open" });
    await desk.run.setFaults({});
    await desk.workOn(12, 40_000);
    expect(await states(id)).toEqual({ article: "done", broadcast: "done", post: "done" });
    expect([desk.articles().length, desk.posts().length, desk.broadcasts()]).toEqual([1, 1, 1]);
  });

  test("somebody else's post with the same address in it is not taken for ours", async () => {
    const { id, code } = await publish({}, ["post"]);
    await desk.run.setFaults({ serverError: 1 });
    await desk.work();
    await desk.run.setFaults({});
    const message = `Bà con xem thêm: ${PUBLIC_URL}/thong-bao/${code}`;
    await desk.publisher.platforms.posts.create(desk.page, { message, link: PUBLIC_URL, pictures: [] }, null);
    await desk.workOn(12, 5 * 60_000);
    expect(await states(id)).toEqual({ post: "held" });
  });

  test("a weekly notice is not taken for last week's of the same title", async () => {
    await publish({}, ["article"]);
    await desk.workOn();
    const { id } = await publish({}, ["article"]);
    await desk.run.setFaults({ serverError: 1 });
    await desk.work();
    await desk.run.setFaults({});
    await desk.workOn(12, 5 * 60_000);
    expect(await states(id)).toEqual({ article: "held" });
    expect(desk.articles()).toHaveLength(1);
  });

  test("a broadcast is known by the quota it used", async () => {
    const { id } = await publish({}, ["broadcast"]);
    await desk.work();
    await desk.pass(5000);
    const { article, broadcast } = await rows(id);
    await desk.publisher.step(article!.id);
    await desk.run.setFaults({ dropAnswer: 1 });
    // the question for the quota gets no answer either: nothing to compare with afterwards
    await desk.publisher.step(broadcast!.id);
    expect((await rows(id)).broadcast).toMatchObject({ state: "unknown", quotaBefore: null });
    await database.db.announcementPublication.updateMany({
      where: { announcementId: id, kind: "broadcast" },
      data: { quotaBefore: 40 },
    });
    await desk.run.setFaults({});
    await desk.workOn(3, 40_000);
    expect((await rows(id)).broadcast).toMatchObject({
      state: "done",
      note: expect.stringContaining("hạn mức"),
    });
    expect(desk.broadcasts()).toBe(1);
  });

  test("what is nowhere to be found is held for a person and never put there by itself", async () => {
    const { id } = await publish();
    await desk.run.setFaults({ serverError: 1 });
    await desk.work();
    await desk.run.setFaults({});
    await desk.workOn(12, 5 * 60_000);
    expect(await states(id)).toMatchObject({ article: "held", post: "held", broadcast: "open" });
    expect([desk.articles().length, desk.posts().length]).toEqual([0, 0]);
  });
});

describe("hours and quotas", () => {
  test.each([
    ["normal", "2026-11-25T23:10:00+07:00", "2026-11-26T07:00:00+07:00", "Chờ tới 26/11/2026 07:00."],
    ["emergency", "2026-11-25T23:10:00+07:00", "2026-11-26T06:05:00+07:00", "Chờ tới 26/11/2026 06:05."],
    ["emergency", "2026-11-26T05:59:00+07:00", "2026-11-26T06:05:00+07:00", "Chờ tới 26/11/2026 06:05."],
    ["normal", "2026-11-26T06:30:00+07:00", "2026-11-26T07:00:00+07:00", "Chờ tới 26/11/2026 07:00."],
  ])("%s at %s: the broadcast waits and says so", async (level, at, until, note) => {
    await desk.setTime(at);
    const { id } = await publish({ level });
    await desk.workOn(6, 4000);
    expect(await states(id)).toEqual({ article: "done", broadcast: "open", post: "done" });
    expect((await rows(id)).broadcast!.note).toBe(note);
    expect(desk.broadcasts()).toBe(0);
    await desk.setTime(new Date(new Date(until).getTime() + 1000));
    await desk.workOn(3);
    expect((await states(id)).broadcast).toBe("done");
  });

  test("a month's quota that is used up is told to a person, not tried every morning", async () => {
    await set({ broadcastsPerMonth: 0 });
    const { id } = await publish();
    await desk.workOn();
    expect((await rows(id)).broadcast).toMatchObject({
      ...{ state: "failed", errorCode: "-211", note: expect.stringContaining("hết hạn mức") },
    });
  });

  test("a platform that asks for calm is called again later, and has one copy", async () => {
    const { id } = await publish();
    await desk.run.setFaults({ rateLimit: 1 });
    await desk.work();
    expect(await states(id)).toMatchObject({ article: "open", post: "open" });
    await desk.run.setFaults({});
    await desk.workOn(10, 10_000);
    expect(await states(id)).toEqual({ article: "done", broadcast: "done", post: "done" });
    expect([desk.articles().length, desk.posts().length]).toEqual([1, 1]);
  });
});

describe("corrections, recalls, pauses", () => {
  test("a recall takes the article and the post away; the broadcast is in people's hands", async () => {
    const { id, code } = await publish();
    await desk.workOn();
    expect(await act(code, "recall")).toBeNull();
    await desk.workOn();
    expect(await states(id)).toEqual({ article: "removed", broadcast: "done", post: "removed" });
    expect([desk.articles().length, desk.posts().length]).toEqual([0, 0]);
  });

  test("what was under way when it was recalled is taken away as soon as it is there", async () => {
    const { id, code } = await publish({}, ["article"]);
    await desk.work();
    expect(await states(id)).toEqual({ article: "processing" });
    await act(code, "recall");
    await desk.pass(5000);
    await desk.workOn();
    expect(await states(id)).toEqual({ article: "removed" });
    expect(desk.articles()).toHaveLength(0);
  });

  test("a correction changes the same article and post, and is broadcast anew", async () => {
    const former = await publish();
    await desk.workOn();
    const { id, code } = await publish({
      replacesId: former.id,
      body: "Nước yếu từ 9 giờ, không phải 8 giờ.",
    });
    await desk.workOn();
    expect(await states(former.id)).toEqual({ article: "replaced", broadcast: "done", post: "replaced" });
    expect(await states(id)).toEqual({ article: "done", broadcast: "done", post: "done" });
    expect([desk.articles().length, desk.posts().length, desk.broadcasts()]).toEqual([1, 1, 2]);
    expect(desk.articles()[0]!.fields.title).toBe("Đính chính: Cúp nước khu phố 3");
    expect(desk.posts()[0]).toMatchObject({ edited: true, text: expect.stringContaining(code) });
  });

  test("a pause holds what is not yet called for; a cancellation ends it", async () => {
    const { id } = await publish();
    const steer = (deed: "pause" | "resume" | "cancel") =>
      database.db.$transaction(async (tx) => {
        expect(await steerSending(tx, id, "news", deed, desk.clock.now())).toBe(true);
        await steerPublishing(tx, id, deed);
      });
    await steer("pause");
    await desk.workOn();
    expect(await states(id)).toEqual({ article: "open", broadcast: "open", post: "open" });
    await steer("resume");
    await desk.work();
    expect(await states(id)).toEqual({ article: "processing", broadcast: "open", post: "done" });
    await steer("cancel");
    await desk.workOn();
    expect(await states(id)).toEqual({ article: "done", broadcast: "cancelled", post: "done" });
    expect(await startSendingAgain(id)).toBe(false);
  });
});

describe("a post that Facebook holds until its time", () => {
  const AT = "2026-11-26T07:00:00+07:00";
  async function appointed() {
    const notice = await approved({}, ["post"]);
    await database.db.announcementPlan.update({
      where: { announcementId: notice.id },
      data: { heldByPlatform: true },
    });
    await appointAt(notice, AT);
    await desk.workOn();
    return notice;
  }
  const appointAt = (notice: { id: bigint; code: string; state: string }, moment: string) =>
    database.transaction((tx) =>
      appoint(
        tx,
        mover(),
        notice,
        { repeat: "once", startsAt: new Date(moment), until: null },
        desk.clock.now(),
      ),
    );
  const scheduledFor = () => desk.posts().map((each) => each.scheduledFor);

  test("is there beforehand, and published with the announcement, once", async () => {
    const { id, code } = await appointed();
    expect(await states(id)).toEqual({ post: "scheduled" });
    expect(scheduledFor()).toEqual([Date.parse(AT)]);
    await desk.setTime("2026-11-26T07:00:10+07:00");
    desk.run.simulator.world.tell({ type: "account", account: `facebook:${desk.page.externalId}` });
    expect(await act(code, "publish")).toBeNull();
    await desk.workOn();
    expect(await states(id)).toEqual({ post: "done" });
    expect(desk.posts()).toHaveLength(1);
  });

  test("goes with its time: moved, cancelled, sent back", async () => {
    const notice = await appointed();
    await appointAt(notice, "2026-11-27T08:00:00+07:00");
    await desk.workOn();
    expect(scheduledFor()).toEqual([Date.parse("2026-11-27T08:00:00+07:00")]);
    await database.transaction((tx) => cancelSchedule(tx, mover(), notice, desk.clock.now()));
    await desk.workOn();
    expect(desk.posts()).toEqual([]);
    expect(await states(notice.id)).toEqual({ post: "removed" });
  });

  test("is there at once when somebody publishes earlier", async () => {
    const { id, code } = await appointed();
    await act(code, "publish");
    await desk.workOn();
    expect(await states(id)).toEqual({ post: "done" });
    expect(scheduledFor()).toEqual([null]);
  });

  test("whose answer never came is found among those that are held", async () => {
    await desk.run.setFaults({ dropAnswer: 1 });
    const { id } = await appointed();
    await desk.run.setFaults({});
    await desk.workOn(6, 20_000);
    expect(await states(id)).toEqual({ post: "scheduled" });
    expect(desk.posts()).toHaveLength(1);
  });
});

describe("what a person decides", () => {
  test("held is put there again only by a person's word, or noted as there", async () => {
    const { id } = await publish({}, ["post", "article"]);
    await desk.run.setFaults({ serverError: 1 });
    await desk.work();
    await desk.run.setFaults({});
    await desk.workOn(12, 5 * 60_000);
    const { post, article } = await rows(id);
    const take = (row: bigint, decision: Decision) =>
      database.db.$transaction((tx) => decide(tx, id, row, decision, desk.clock.now()));
    expect(await take(post!.id, "again")).toBe(true);
    expect(await take(post!.id, "again")).toBe(false);
    expect(await take(article!.id, "there")).toBe(true);
    await desk.workOn();
    expect(await states(id)).toEqual({ post: "done", article: "done" });
    expect([desk.posts().length, desk.articles().length]).toEqual([1, 0]);
  });
});

const startSendingAgain = (id: bigint) =>
  database.db.$transaction((tx) => startSending(tx, id, "news", desk.clock.now()));
