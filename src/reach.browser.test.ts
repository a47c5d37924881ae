/** Where an announcement goes and when, in a real browser: chosen, counted, appointed, and seen on the pretend platforms when its time comes. */
import { jest } from "@jest/globals";
import { DateTime } from "luxon";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { ZONE } from "./infra/clock.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { fillSignIn } from "./console/testing/sign-in.ts";
import { openService, until, type WholeService } from "./testing/service.ts";

// a loaded machine takes its time with a browser
jest.setTimeout(120_000);

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
let service: WholeService;
let browser: Browser | undefined;
/** Where shots of the pages are kept, for who wants to look at them. */
const SHOTS = process.env.SHOTS;

const OA = "zalo:1840026671135570011";
const PAGE = "facebook:109900112233411";
const LAN = { account: OA, resident: "7100000000000000201" };
const TU = { account: PAGE, resident: "7100000000000000202" };
const HOA = { account: OA, resident: "7100000000000000203" };

const now = DateTime.now().setZone(ZONE);
const MORNING = now.startOf("day").set({ hour: 9 });
const APPOINTED = MORNING.plus({ hours: 1 });

/** The clock of the service and of the platforms. */
async function setTime(moment: DateTime) {
  service.setClock(moment.toJSDate());
  await control("PATCH", "/settings", { clockAhead: moment.toMillis() - Date.now() });
}

async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${service.url}/simulator/control${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer;
}

beforeAll(async () => {
  service = await openService(database);
  await setTime(MORNING);
  await service.act({ act: "follow", ...LAN, name: "Chị Lan" });
  await service.act({ act: "text", ...LAN, name: "Chị Lan", text: "đăng ký nhận tin" });
  await service.act({ act: "text", ...TU, name: "Anh Tư", text: "đăng ký nhận tin" });
  await service.act({ act: "follow", ...HOA, name: "Cô Hoa" });
  await until(async () => (await database.db.subscription.count()) === 2, 20_000);
});

interface Entry {
  text: string;
  cards?: { title: string; url?: string }[];
}
const talkOf = async ({ account, resident }: typeof LAN) =>
  (await control<{ entries: Entry[] }>("GET", `/talk?account=${account}&resident=${resident}`)).entries;

describeInBrowser("an announcement with an appointed time", () => {
  let contexts: BrowserContext[] = [];
  let writer: Page;
  let approver: Page;
  const complaints: string[][] = [];

  beforeAll(async () => {
    browser = await launch();
    writer = await signIn("editor", "Trần Thị Soạn");
    approver = await signIn("approver", "Lê Văn Duyệt");
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    expect(complaints.flat()).toEqual([]);
  });

  async function signIn(role: string, name: string): Promise<Page> {
    const context = await browser!.newContext({ viewport: { width: 1440, height: 900 } });
    contexts.push(context);
    const page = await context.newPage();
    complaints.push(watchComplaints(page));
    const { email } = await service.person(role, "PHU-KHUONG", name);
    await page.goto(`${service.url}/console/announcements`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console/announcements`);
    return page;
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const address = (code: string, rest = "") => `${service.url}/console/announcements/${code}${rest}`;

  async function shoot(name: string) {
    if (!SHOTS) return;
    for (const width of [390, 1440]) {
      await writer.setViewportSize({ width, height: 900 });
      await writer.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
    }
  }

  let code: string;

  test("is written, and where it goes is chosen and counted while it is chosen", async () => {
    await writer.goto(address("new"));
    await writer.fill("[name=title]", "Cắt điện khu phố 3 để thay trạm biến áp");
    await writer.fill(
      "[name=body]",
      "Điện lực cắt điện khu phố 3 từ 13 giờ đến 16 giờ hôm nay để thay trạm.",
    );
    await writer.selectOption("[name=topic]", "power");
    await writer.getByText(/^Đã lưu lúc/).waitFor();
    await press(writer, "Lưu nháp");
    await writer.getByText("Đã lưu nháp.").waitFor();
    code = writer.url().split("/").at(-1)!;
    await writer.getByRole("link", { name: "Xem và chọn" }).click();
    const tile = (words: string) => writer.locator(".reach-tile", { hasText: words }).locator("strong");
    await writer.locator(".reach-tile", { hasText: "nhận ngay" }).waitFor();
    expect(await tile("nhận ngay").innerText()).toBe("2");

    await writer.getByLabel(/^Gửi bài viết tới mọi người quan tâm OA/).check();
    await writer.locator(".reach-tile", { hasText: "người quan tâm nhận bài viết" }).waitFor();
    expect(await tile("nhận ngay").innerText()).toBe("1"); // chị Lan follows the OA: no two copies
    expect(await tile("người quan tâm nhận bài viết").innerText()).toBe("2");
    // the platform is asked meanwhile what is left
    await writer.getByText("39 / 40").waitFor({ timeout: 30_000 });
    await shoot("audience");
    await press(writer, "Lưu lựa chọn");
    await writer.getByText("Đã lưu nơi đăng và người nhận.").waitFor();
  });

  test("has its time appointed and is approved with it", async () => {
    await writer.getByRole("link", { name: "Hẹn giờ", exact: true }).click();
    await writer.fill("[name=day]", APPOINTED.toISODate()!);
    await writer.fill("[name=time]", "10:00");
    await press(writer, "Hẹn giờ này");
    await writer.getByText("Đã hẹn giờ.").waitFor();
    await shoot("schedule");
    await writer.goto(address("coming"));
    await writer.getByText("Cắt điện khu phố 3 để thay trạm biến áp").waitFor();
    await shoot("coming");
    await writer.goto(address(code));
    await press(writer, "Trình duyệt");
    await writer.getByText("Đã trình duyệt.").waitFor();
    await approver.goto(address(code));
    await approver.getByText(`Hẹn giờ: ${APPOINTED.toFormat("dd/MM/yyyy")} 10:00`).waitFor();
    await press(approver, "Duyệt");
    await approver.getByText("Đã duyệt.").waitFor();
    expect((await talkOf(TU)).filter(({ text }) => text.includes(code))).toEqual([]);
  });

  test("goes out when its time comes: a message, an article to the followers, a post on the Page", async () => {
    await setTime(APPOINTED.plus({ seconds: 2 }));
    await database.db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND task_id IN (
        SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'announcements.fire')`;
    await until(async () => (await talkOf(TU)).find(({ text }) => text.includes(code)), 30_000);
    for (const who of [LAN, HOA]) {
      const shows = ({ cards }: Entry) => cards?.some(({ title }) => title.startsWith("Cắt điện"));
      await until(async () => (await talkOf(who)).find(shows), 30_000);
    }
    expect((await talkOf(LAN)).filter(({ text }) => text.includes(code))).toEqual([]);

    await writer.goto(address(code, "/delivery"));
    await writer.getByText("3 / 3").waitFor({ timeout: 30_000 });
    await shoot("delivery");
    await writer.setViewportSize({ width: 1440, height: 900 });
    await writer.goto(`${service.url}/simulator`);
    await writer.locator("#facebook .account").selectOption(PAGE);
    await writer.locator("#posts article", { hasText: code }).first().waitFor();
    const articles = await database.db.announcementPublication.findMany({ where: { kind: "article" } });
    await writer.goto(`${service.url}/simulator/articles/${articles[0]!.externalId}`);
    await writer.getByRole("heading", { name: "Cắt điện khu phố 3 để thay trạm biến áp" }).waitFor();
    await shoot("article");
  });

  test("its pages fit a phone and a desk, and hide nothing from who cannot see", async () => {
    await writer.setViewportSize({ width: 1440, height: 900 });
    await writer.goto(address(code));
    await press(writer, "Đính chính"); // a draft again, whose plan may be changed
    const draft = writer.url().split("/").at(-1)!;
    const paths = [
      `/${code}/reach`,
      `/${code}/schedule`,
      `/${code}/delivery`,
      "/coming",
      `/${draft}/reach`,
      `/${draft}/schedule`,
    ];
    expect(await faultsOfPages(writer, `${service.url}/console/announcements`, paths)).toEqual([]);
  });
});
