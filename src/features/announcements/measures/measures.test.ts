import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole } from "../../../console/testing/kit.ts";
import { systemClock } from "../../../infra/clock.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { deliveryConsole } from "../console/delivery-routes.tsx";
import { markOf } from "../notices/store.ts";
import { readMonthReport } from "./month.ts";
import { measuresConsole } from "./routes.tsx";

const database = useTestDatabase();
const CODE = "TB-2611-00001";
const page = `/console/announcements/${CODE}`;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
let office: Awaited<ReturnType<typeof openConsole>>;
let announcementId: bigint;

/** 30 people of one Page: 24 copies sent (20 delivered, 12 seen), 3 refused, 2 held, 1 told when they wrote. */
beforeAll(async () => {
  await prepareJobs(database.pool);
  const { db } = database;
  const { account } = await createTestAccount(database);
  const { id } = await db.announcement.create({
    data: {
      ...{ code: CODE, title: "Triều cường", body: "Kê đồ lên cao.", unitCode: "PHU-KHUONG" },
      ...{ state: "published", publishedAt: new Date() },
    },
  });
  announcementId = id;
  await db.announcementSending.create({
    data: { announcementId, kind: "news", state: "finished", startedAt: hoursAgo(3) },
  });
  for (let n = 0; n < 30; n++) {
    const resident = await db.resident.create({
      data: {
        accountId: account.id,
        externalId: `p${n}`,
        displayName: `Cô ${n}`,
        conversation: { create: {} },
      },
      include: { conversation: true },
    });
    const isTold = n === 29;
    await db.announcementNotice.create({
      data: {
        ...{ announcementId, residentId: resident.id, accountId: account.id, kind: "news" },
        ...{ state: isTold ? "told" : "queued", toldAt: hoursAgo(2) },
      },
    });
    if (isTold) continue;
    const sent = { state: "sent", sentAt: hoursAgo(2), externalId: `m${n}` };
    const refused = { state: "dead", errorClass: "permanent", errorCode: n === 24 ? "77777" : "551" };
    const held = { state: "dead", errorClass: "unknown", errorCode: "timeout", claimedAt: hoursAgo(2) };
    await db.outboundMessage.create({
      data: {
        ...{ accountId: account.id, conversationId: resident.conversation!.id, recipient: { user: `p${n}` } },
        ...{ author: "bot", purpose: "bulk", content: { text: "Triều cường" }, bulkOf: markOf(id, "news") },
        ...(n < 24 ? sent : n < 27 ? refused : held),
        deliveredAt: n < 20 ? hoursAgo(1.9) : null,
        seenAt: n < 12 ? hoursAgo(1.8) : null,
      },
    });
    const writes = (text: string, at: Date, kind = "message") =>
      db.inboundEvent.create({
        data: {
          ...{ channel: account.channel, externalKey: `${n}${text}`, accountId: account.id, kind },
          ...{ conversationId: resident.conversation!.id, occurredAt: at, raw: { message: { text } } },
        },
      });
    if (n < 7) await writes(n < 6 ? "mấy giờ nước lên?" : "cảm ơn", hoursAgo(1));
    if (n === 8) await writes("hỏi từ hôm trước, trước khi có tin?", hoursAgo(5));
    if (n > 12 && n < 18)
      await db.consent.create({
        data: {
          ...{ residentId: resident.id, purpose: "announcements", version: "x" },
          withdrawnAt: new Date(),
        },
      });
  }
  const answerTimes = async () => [
    { key: "Phường Phú Khương", count: 9, median: 1.25 },
    { key: "Phường An Hội", count: 2, median: 0.1 },
  ];
  const parts = { database, clock: systemClock, answerTimes };
  const router = measuresConsole(parts).use(deliveryConsole(parts));
  office = await openConsole(database, { pages: [{ name: "announcements", router }] });
});

/** The words of a page, without its tags. */
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("sent, delivered, seen, refused with its reason, held, and what came back stand on one page", async () => {
  const agent = await office.signIn("agent", "PHU-KHUONG");
  const words = wordsOf((await agent.get(`${page}/measures`).expect(200)).text);
  for (const told of [
    /Người nhận 30 Đã gửi 24 · 80 % Đã nhận tới máy 20 · 67 % Đã xem 12 · 40 %/,
    /Chưa rõ kết quả, đang giữ 2/,
    /Đã báo khi họ nhắn lại 1/,
    /Nhắn lại trong 24 giờ 5 /, // 7 people, in whole fives
    /Trong đó có câu hỏi 5 /,
    /Ngừng nhận tin sau đó 5 /,
    /Không gửi được: 3/,
    /nền tảng từ chối \(mã 77777\): 1/,
    /Câu hỏi · mấy giờ nước lên\?/,
  ])
    expect(words).toMatch(told);
  expect(words).not.toContain("hỏi từ hôm trước");
  expect(await database.db.auditEntry.count({ where: { action: "announcement.replies_seen" } })).toBe(1);
});

test("who may not see talks sees figures and no message; another unit sees nothing", async () => {
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  const words = wordsOf((await viewer.get(`${page}/measures`).expect(200)).text);
  expect(words).toContain("Nhắn lại trong 24 giờ 5");
  expect(words).not.toContain("mấy giờ nước lên");
  await (await office.signIn("unit_admin", "AN-HOI")).get(`${page}/measures`).expect(404);
});

test("the spreadsheets hold what the page shows, and taking them is written down", async () => {
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  const csv = (await viewer.get(`${page}/measures.csv`).expect(200)).text;
  expect(csv).toMatch(/Messenger,Đã xem,12\r\n[^]*Messenger,Người nhắn lại,5\r\n/);
  const sheet = await viewer
    .get(`${page}/measures.xlsx`)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => done(null, Buffer.concat(pieces)));
    });
  expect((sheet.body as Buffer).subarray(0, 2).toString()).toBe("PK");
  expect(await database.db.auditEntry.count({ where: { action: "announcement.measures_export" } })).toBe(2);
});

test("a month: announcements, reach, share seen, unsubscribed and answer times, nothing of fewer than five", async () => {
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  const words = wordsOf((await viewer.get("/console/announcements/month").expect(200)).text);
  expect(words).toMatch(/Phường Phú Khương 1 0 25 50 % 5 1,3 giờ/);
  const csv = (await viewer.get("/console/announcements/month.csv").expect(200)).text;
  expect(csv).toMatch(/Phường Phú Khương,1,0,25,50,/);
  const none = wordsOf((await viewer.get("/console/announcements/month?month=2020-01").expect(200)).text);
  expect(none).toContain("Tháng này chưa có thông báo nào.");
  const units = ["PHU-KHUONG"];
  const few = async () => [{ key: "Phường Phú Khương", count: 4, median: 1 }];
  const month = await readMonthReport(database.db, units, {}, new Date(), few);
  expect(month.units).toMatchObject([{ answered: null }]);
  expect(month.after).toBeNull();
});

test("held copies go again or are dropped, each or all, when somebody says so; never by themselves", async () => {
  const editor = await office.signIn("editor", "PHU-KHUONG");
  const words = wordsOf((await editor.get(`${page}/delivery`).expect(200)).text);
  expect(words).toMatch(/lúc gửi 2 bản này[^]*Gửi lại tất cả[^]*Cô 27/);
  const held = { bulkOf: markOf(announcementId, "news"), errorClass: "unknown" };
  const [first, second] = await database.db.outboundMessage.findMany({ where: held, orderBy: { id: "asc" } });
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  await viewer.post(`${page}/delivery/held/all/resend`).expect(403);
  await (await office.signIn("editor", "AN-HOI")).post(`${page}/delivery/held/all/drop`).expect(404);
  await editor.post(`${page}/delivery/held/${first!.id}/drop`).expect(303);
  await editor.post(`${page}/delivery/held/${first!.id}/resend`).expect(303);
  expect((await editor.get(`${page}/delivery`)).text).toContain("Không còn bản nào đang giữ.");
  await editor.post(`${page}/delivery/held/all/resend`).expect(303);
  const now = await database.db.outboundMessage.findMany({ where: held, orderBy: { id: "asc" } });
  expect(now.map(({ state }) => state)).toEqual(["dropped", "pending"]);
  expect(now[1]!.id).toBe(second!.id);
  const sending = await database.db.announcementSending.findFirstOrThrow();
  expect(sending.state).toBe("running"); // a row is open again
  expect(
    await database.db.auditEntry.count({ where: { action: { startsWith: "announcement.held_" } } }),
  ).toBe(2);
});
