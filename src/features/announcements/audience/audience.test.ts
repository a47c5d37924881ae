import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { findToTell } from "../notices/store.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { createTelling } from "../telling.ts";
import { startSending } from "../notices/sending.ts";
import { countAudience } from "./count.ts";
import { audienceConsole } from "./routes.tsx";
import { addUncovered } from "./store.ts";
import type { Plan } from "./wanted.ts";

const database = useTestDatabase();
const NOW = new Date("2026-11-25T10:00:00+07:00");
const HOUR = 3_600_000;
const clock = { now: () => NOW };
let office: ConsoleKit;
let editor: Browser;
const accounts = { oa: 0, page: 0, foreign: 0 };
let noticeId: bigint;

beforeAll(async () => {
  await prepareJobs(database.pool);
  accounts.page = (await createTestAccount(database)).account.id;
  const make = async (externalId: string, extra: object) =>
    (await createTestAccount(database, externalId, extra)).account.id;
  accounts.oa = await make("1840026671135570001", { channel: "zalo", name: "OA Phú Khương" });
  accounts.foreign = await make("109900112233999", { unitCode: "AN-HOI", name: "Phường An Hội" });
  office = await openConsole(database, {
    pages: [{ name: "announcements", router: audienceConsole({ database, clock }) }],
  });
  editor = await office.signIn("editor", "PHU-KHUONG");
});
beforeEach(async () => {
  await database.db
    .$executeRaw`TRUNCATE announcement, outbound_message, resident, graphile_worker._private_jobs CASCADE`;
  const notice = await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Cúp nước khu phố 3", body: "Nước yếu từ 8 giờ sáng mai." },
      ...{ unitCode: "PHU-KHUONG", topic: "water", wards: ["28756"], createdAt: NOW, updatedAt: NOW },
    },
  });
  noticeId = notice.id;
});

interface Person {
  account?: number;
  hoursAgo?: number | null;
  phone?: string;
  follows?: boolean;
  withdrawnAt?: Date;
  talk?: string;
  wish?: { topic: string; wardCode: string };
}
let people = 0;
async function person(what: Person = {}) {
  const { account = accounts.page, hoursAgo = 1, phone, follows, withdrawnAt, talk = "bot" } = what;
  const resident = await database.db.resident.create({
    data: {
      ...{ accountId: account, externalId: `p${++people}`, phone: phone ?? null, follows: follows ?? null },
      ...{ withdrawnAt: withdrawnAt ?? null },
      subscriptions: { create: what.wish ?? { topic: "water", wardCode: "" } },
    },
  });
  if (hoursAgo !== null)
    await database.db.conversation.create({
      data: {
        ...{ residentId: resident.id, state: talk },
        lastInboundAt: new Date(NOW.getTime() - hoursAgo * HOUR),
      },
    });
  return resident;
}

const plan = (changes: Partial<Plan> = {}): Plan => ({
  ...{ units: ["PHU-KHUONG"], ways: ["message", "article", "post"], channels: ["zalo", "facebook"] },
  ...{ ownAccountsOnly: false, heldByPlatform: false, ...changes },
});
async function choose(changes: Partial<Plan> = {}) {
  const data = { announcementId: noticeId, ...plan(changes) };
  await database.db.announcementPlan.upsert({
    where: { announcementId: noticeId },
    create: data,
    update: data,
  });
}
const notice = async () => (await findToTell(database.db, noticeId))!;
const count = async (units = ["PHU-KHUONG"]) => countAudience(database.db, await notice(), units, NOW);
const fates = async () => (await count()).total;
/** Who would really have a row, were it published now. */
async function told() {
  await database.db.announcement.update({
    where: { id: noticeId },
    data: { state: "published", publishedAt: NOW },
  });
  await database.db.$transaction((tx) => startSending(tx, noticeId, "news", NOW));
  const parts = { database, wording: loadWording(), clock, publicUrl: "https://hoi.example" };
  await createTelling(parts).tell(noticeId, "news");
  return database.db.announcementNotice.findMany({
    where: { announcementId: noticeId },
    orderBy: { residentId: "asc" },
  });
}

test("everybody who asked is counted once, by what becomes of their copy", async () => {
  await choose();
  await person();
  await person({ hoursAgo: 30 });
  await person({ account: accounts.oa, hoursAgo: 30 });
  await person({ account: accounts.oa, hoursAgo: 60 });
  await person({ talk: "staff" });
  await person({ hoursAgo: null });
  await person({ withdrawnAt: NOW });
  await person({ wish: { topic: "power", wardCode: "" } });
  await person({ wish: { topic: "", wardCode: "28777" } });
  await person({ phone: "0913000111", hoursAgo: 5 });
  await person({ phone: "0913000111", hoursAgo: 2, account: accounts.oa });
  await person({ account: accounts.foreign });
  expect(await fates()).toEqual({ now: 4, later: 2, busy: 1, never: 1, withdrawn: 1, double: 1 });
  // what was counted is what is done
  const rows = await told();
  expect(rows.filter(({ state }) => state === "queued")).toHaveLength(4);
  expect(rows.filter(({ state }) => state === "later")).toHaveLength(3);
});

test("whoever has had three today gets it with their next message, and is counted so", async () => {
  await choose();
  const lan = await person();
  for (let n = 2; n <= 4; n++) {
    const { id } = await database.db.announcement.create({
      data: { code: `TB-2611-0000${n}`, title: "t", body: "b", unitCode: "PHU-KHUONG" },
    });
    await database.db.announcementNotice.create({
      data: { announcementId: id, residentId: lan.id, accountId: lan.accountId, kind: "news", toldAt: NOW },
    });
  }
  expect(await fates()).toEqual({ capped: 1 });
  await database.db.announcement.update({ where: { id: noticeId }, data: { level: "emergency" } });
  expect(await fates()).toEqual({ now: 1 });
});

test("only on these accounts, or only on one platform: the others are told why not", async () => {
  await person({ account: accounts.foreign });
  await person({ account: accounts.oa });
  await person();
  await choose({ ownAccountsOnly: true });
  expect(await fates()).toEqual({ now: 2, elsewhere: 1 });
  await choose({ channels: ["zalo"] });
  expect(await fates()).toEqual({ now: 1, elsewhere: 2 });
  await choose({ ways: ["post"] });
  expect(await fates()).toEqual({ elsewhere: 3 });
  expect(await told()).toEqual([]);
});

test("a unit counts its own accounts; those of others only in the sum", async () => {
  await choose();
  await person({ account: accounts.foreign });
  await person();
  const { accounts: shown, others, total } = await count();
  expect(shown.map(({ id, carries, fates: of }) => [id, carries, of.now ?? 0])).toEqual([
    [accounts.oa, true, 0],
    [accounts.page, true, 1],
  ]);
  expect(others).toEqual({ now: 1 });
  expect(total).toEqual({ now: 2 });
});

describe("a broadcast", () => {
  test("reaches the followers of the OA: they get no message besides, on whichever account they write", async () => {
    await choose({ ways: ["message", "article", "broadcast"] });
    await person({ account: accounts.oa, follows: true, phone: "0913000222" });
    await person({ phone: "0913000222" });
    await person({ account: accounts.oa, follows: false });
    await person();
    expect(await fates()).toEqual({ broadcast: 2, now: 2 });
    expect(await told()).toHaveLength(2);
  });

  test("that did not go lets them be told by message, nobody twice", async () => {
    await choose({ ways: ["message", "article", "broadcast"] });
    const lan = await person({ account: accounts.oa, follows: true });
    await person({ account: accounts.oa, follows: true, phone: "0913000333" });
    expect(await told()).toEqual([]);
    const tell = async () => {
      const addressed = await notice();
      return database.db.$transaction((tx) => addUncovered(tx, addressed, accounts.oa));
    };
    expect(await tell()).toBe(2);
    expect(await tell()).toBe(0);
    const { residentId } = await database.db.announcementNotice.findFirstOrThrow({
      where: { residentId: lan.id },
    });
    expect(residentId).toBe(lan.id);
  });

  test("of an emergency waits for the morning, so messages go as well", async () => {
    await database.db.announcement.update({ where: { id: noticeId }, data: { level: "emergency" } });
    await choose({ ways: ["message", "broadcast"] });
    await person({ account: accounts.oa, follows: true });
    expect(await fates()).toEqual({ now: 1 });
  });
});

describe("an approved template", () => {
  const settings = {
    templates: {
      announcement: {
        ...{ id: "318274", language: "vi", longest: 100 },
        parameters: [
          { name: "tieu_de", value: "tieu_de" },
          { name: "link", value: "duong_dan" },
        ],
      },
    },
  };
  beforeEach(() => database.db.account.update({ where: { id: accounts.oa }, data: { settings } }));
  afterEach(() => database.db.account.update({ where: { id: accounts.oa }, data: { settings: {} } }));

  test("goes past the window where it was chosen and the account has one, filled in", async () => {
    await person({ account: accounts.oa, hoursAgo: 24 * 20 });
    await person({ hoursAgo: 24 * 20 });
    await choose();
    expect(await fates()).toEqual({ later: 2 });
    await choose({ ways: ["message", "template"] });
    expect(await fates()).toEqual({ template: 1, later: 1 });
    const rows = await told();
    expect(rows.map(({ state }) => state).sort()).toEqual(["later", "queued"]);
    const [copy] = await database.db.outboundMessage.findMany();
    expect(copy!.content).toMatchObject({
      template: {
        id: "318274",
        parameters: [
          { name: "tieu_de", value: "Cúp nước khu phố 3" },
          { name: "link", value: "https://hoi.example/thong-bao/TB-2611-00001" },
        ],
      },
    });
  });
});

describe("the page", () => {
  const page = "/console/announcements/TB-2611-00001/reach";

  test("begins with what is usual, keeps what is chosen, and counts it at once", async () => {
    await person();
    const begun = (await editor.get(page).expect(200)).text;
    expect(begun).toContain('value="article" checked');
    expect(begun).not.toContain('value="broadcast" checked');
    const chosen = { ways: ["message", "broadcast"], channels: ["zalo"], units: ["PHU-KHUONG", "AN-HOI"] };
    const part = await editor.post(page, chosen).set("hx-request", "true").expect(200);
    expect(part.text).toMatch(/^<div class="stack" id="count"[^]*Ngoài tài khoản và nền tảng đã chọn/);
    expect((await notice()).plan).toMatchObject({ ...chosen, units: ["PHU-KHUONG"], ownAccountsOnly: false });
    await editor.post(page, chosen).expect(303);
    const steps = await database.db.announcementStep.findMany({ where: { announcementId: noticeId } });
    expect(steps.map(({ kind }) => kind)).toEqual(["written"]);
  });

  test("of very many people counts them once it stands", async () => {
    await person();
    const many = (count: number) => database.db.$executeRaw`
      UPDATE pg_class SET reltuples = ${count} WHERE oid = 'subscription'::regclass`;
    await many(400_000);
    const { text } = await editor.get(page).expect(200);
    expect(text).toMatch(/hx-get="[^"]+counted=1"[^]*Đang đếm người nhận/);
    expect((await editor.get(`${page}?counted=1`)).text).toMatch(/reach-tile[^]*nhận ngay/);
    await many(0);
  });

  test("asks for the quotas of the OAs that carry it, once in ten minutes", async () => {
    await choose({ ways: ["broadcast"] });
    await editor.get(page);
    await editor.get(page);
    const jobs = () => database.db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker._private_jobs`;
    expect(await jobs()).toHaveLength(1);
    await database.db.$executeRaw`TRUNCATE graphile_worker._private_jobs CASCADE`;
    await database.db.accountQuota.create({
      data: { accountId: accounts.oa, left: 12, total: 40, followers: 1234, askedAt: NOW },
    });
    const { text } = await editor.get(page);
    expect(text).toMatch(/gửi tới 1\.234 người[^]*11 \/ 40/);
    expect(await jobs()).toHaveLength(0);
    await database.db.accountQuota.deleteMany();
  });

  test("shows what was approved and changes it no more; another unit sees nothing", async () => {
    await choose({ ways: ["message", "post"] });
    await database.db.announcement.update({ where: { id: noticeId }, data: { state: "pending" } });
    expect((await editor.get(page)).text).not.toContain("Lưu lựa chọn");
    await editor.post(page, { ways: ["broadcast"] }).expect(303);
    expect((await notice()).plan!.ways).toEqual(["message", "post"]);
    const foreign = await office.signIn("unit_admin", "AN-HOI");
    await foreign.get(page).expect(404);
    await foreign.post(page, {}).expect(404);
  });
});
