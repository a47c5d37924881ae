/** How an announcement goes out and what came of it, in a real browser: the sending, what is held, the measures, the month. */
import { jest } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { markOf } from "./features/announcements/notices/store.ts";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { fillSignIn } from "./console/testing/sign-in.ts";
import { openService, type WholeService } from "./testing/service.ts";

jest.setTimeout(90_000);

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
const CODE = "TB-2611-00091";
let service: WholeService;
let browser: Browser | undefined;

/** On each of the unit's accounts 40 people: most got it, some saw it, a few were refused, three are held, two wrote back. */
beforeAll(async () => {
  service = await openService(database);
  const { db } = database;
  const anHourAgo = new Date(Date.now() - 3_600_000);
  const { id: announcementId } = await db.announcement.create({
    data: {
      ...{ code: CODE, title: "Cắt nước đường Đồng Khởi để thay ống", body: "Từ 8 giờ đến 16 giờ." },
      ...{ unitCode: "PHU-KHUONG", topic: "water", state: "published", publishedAt: anHourAgo },
      sendings: { create: { kind: "news", state: "finished", startedAt: anHourAgo, expandedAt: anHourAgo } },
    },
  });
  for (const account of await db.account.findMany({ where: { unitCode: "PHU-KHUONG" } })) {
    for (let n = 0; n < 40; n++) {
      const { id: residentId, conversation } = await db.resident.create({
        data: {
          ...{ accountId: account.id, externalId: `91000000${account.id}${n}`, displayName: `Cô Bảy ${n}` },
          conversation: { create: {} },
        },
        include: { conversation: true },
      });
      await db.announcementNotice.create({
        data: {
          ...{ announcementId, residentId, accountId: account.id, kind: "news", state: "queued" },
          toldAt: anHourAgo,
        },
      });
      const refused = { state: "dead", errorClass: "permanent", errorCode: n % 2 ? "-213" : "551" };
      const held = { state: "dead", errorClass: "unknown", errorCode: "ETIMEDOUT", claimedAt: anHourAgo };
      await db.outboundMessage.create({
        data: {
          ...{ accountId: account.id, conversationId: conversation!.id, author: "bot", purpose: "bulk" },
          ...{
            recipient: { user: `p${n}` },
            content: { text: "Cắt nước" },
            bulkOf: markOf(announcementId, "news"),
          },
          ...(n < 34 ? { state: "sent", sentAt: anHourAgo } : n < 37 ? refused : held),
          ...(n < 30 ? { deliveredAt: anHourAgo } : {}),
          ...(n < 19 ? { seenAt: anHourAgo } : {}),
        },
      });
      if (n > 1) continue;
      const text = n === 0 ? "vậy hẻm 45 có bị cúp không em?" : "cảm ơn em nha";
      await db.inboundEvent.create({
        data: {
          ...{
            channel: account.channel,
            externalKey: `${residentId}`,
            accountId: account.id,
            kind: "message",
          },
          ...{ conversationId: conversation!.id, occurredAt: new Date(), raw: { message: { text } } },
          state: "handled",
        },
      });
    }
  }
});

describeInBrowser("what came of an announcement", () => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    complaints = watchComplaints(page);
    const { email } = await service.person("unit_admin", "PHU-KHUONG");
    await page.goto(`${service.url}/console`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console`);
  });
  afterAll(() => context.close());
  afterEach(() => expect(complaints).toEqual([]));

  const go = (path: string) => page.goto(`${service.url}/console/announcements/${path}`);

  test("from the notice to its measures, and from a question to the talk it came in", async () => {
    await go(CODE);
    await page.locator("#content").getByRole("link", { name: "Số liệu" }).click();
    await page.getByText("34 · 85 %").first().waitFor();
    await page.getByRole("link", { name: "vậy hẻm 45 có bị cúp không em?" }).first().click();
    await page.waitForURL(/\/console\/conversations\/\d+/);
  });

  test("a held copy is dropped, the others go again, each after a question", async () => {
    await go(`${CODE}/delivery`);
    const held = page.locator("#held");
    await held.getByRole("button", { name: "Bỏ", exact: true }).first().click();
    await page.locator("[popover]:popover-open").getByRole("button", { name: "Bỏ" }).click();
    await page.getByText("Đã bỏ.").waitFor();
    await held.getByRole("button", { name: "Gửi lại tất cả" }).click();
    await page.locator("[popover]:popover-open").getByRole("button", { name: "Gửi lại tất cả" }).click();
    await page.getByText("Đang gửi lại.").waitFor();
    await held.waitFor({ state: "detached" });
  });

  test("nothing is too wide or hard to use, on a phone and on a desk", async () => {
    const paths = [`${CODE}/delivery`, `${CODE}/measures`, "month"];
    const root = `${service.url}/console/announcements/`;
    expect(await faultsOfPages(page, root, paths)).toEqual([]);
  });
});
