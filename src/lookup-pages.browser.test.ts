/** Offices, stations and lamps in a real browser, each at a phone's and a desk's width; a lamp's report from fault to closing. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findLamp } from "./features/environment/index.ts";
import { proposeClosing } from "./features/reports/index.ts";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { fillSignIn } from "./console/testing/sign-in.ts";
import { openService, until, type WholeService } from "./testing/service.ts";

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
let service: WholeService;
let browser: Browser | undefined;

beforeAll(async () => {
  service = await openService(database);
});

describeInBrowser("what residents look up, as the office keeps it", () => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "vi-VN" });
    page = await context.newPage();
    complaints = watchComplaints(page);
    const { email } = await service.person("admin", "DO-THI");
    await page.goto(`${service.url}/console`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console`);
  });
  afterAll(() => context.close());
  afterEach(() => expect(complaints).toEqual([]));

  const go = (path: string) => page.goto(`${service.url}/console${path}`);
  const who = { account: "facebook:109900112233411", resident: "7100000000000999" };
  const heard = (words: string) =>
    until(() =>
      database.db.outboundMessage.findFirst({
        where: {
          conversation: { resident: { externalId: who.resident } },
          content: { path: ["text"], string_contains: words },
        },
      }),
    );

  test("an office gets a pin from the map and hours with a lunch break; a resident is told them", async () => {
    await go("/offices?q=ubnd+phu+khuong");
    await page.getByRole("link", { name: "UBND phường Phú Khương" }).click();
    await page.getByRole("link", { name: "Sửa" }).click();
    await page.locator(".pin-map").click({ position: { x: 200, y: 120 } });
    expect(await page.inputValue("[name=point]")).toMatch(/^10\.\d{6}, 106\.\d{6}$/);
    await page.locator(".pin-good").waitFor();
    await page.fill("[name=address]", "12 Nguyễn Huệ");
    for (const [time, value] of Object.entries({ from: "07:15", noon: "11:15", again: "13:15", to: "16:45" }))
      await page.fill(`[name="hours.1.${time}"]`, value);
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.getByText("Đã lưu; trợ lý trả lời theo ngay.").waitFor();
    await service.act({ act: "text", ...who, text: "ủy ban phường Phú Khương mấy giờ làm việc" });
    await heard("thứ Hai: 07:15–11:15, 13:15–16:45");
    await go("/offices?ward=Phường+Phú+Khương");
    await page.locator(".pin-board .pin-good").waitFor();
  });

  test("stations and lamps stand on the map in the colour of their state; a station is changed", async () => {
    await go("/environment");
    await page.locator(".pin-board .pin").first().waitFor();
    expect(await page.locator(".pin-board .pin").count()).toBe(5);
    await page.getByRole("link", { name: "Trạm An Thuận" }).first().click();
    await page.locator("img.station-chart").waitFor();
    expect(
      await page.locator("img.station-chart").evaluate((img: HTMLImageElement) => img.naturalWidth),
    ).toBe(800);
    await page.getByRole("link", { name: "Sửa" }).click();
    await page.locator(".pin-map .pin-good").waitFor();
    await page.fill("[name=warnFrom]", "3,5");
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.getByText("≥ 3,5 ‰").first().waitFor();
    await go("/environment/lamps");
    await page.locator(".pin-board .pin-bad").waitFor();
    await page.getByTitle(/HV-007/).click();
    await page.locator(".leaflet-popup a", { hasText: "HV-007" }).click();
    await page.waitForURL(/q=HV-007/);
    expect(await page.getByText("NH-013").count()).toBe(0);
  });

  test("a lamp that works again is one press from a closed report, and its reporter is told", async () => {
    await service.act({ act: "text", ...who, text: "đèn đường trụ NH-013 bị tắt mấy bữa nay" });
    await heard("bỏ qua");
    await service.act({ act: "text", ...who, text: "bỏ qua" });
    await heard("trụ đèn NH-013, đường Nguyễn Huệ");
    await service.act({ act: "text", ...who, text: "gửi" });
    const report = await until(() => database.db.report.findFirst({ where: { lampPole: "NH-013" } }));
    const at = new Date(Date.now() + 1000);
    await database.transaction((tx) => proposeClosing(tx, { lampPole: "NH-013", since: at, at }));
    expect(await findLamp(database.db, { pole: "nh13", point: null })).toMatchObject({ code: "NH-013" });
    await go("/reports");
    await page.getByRole("link", { name: `NH-013 · ${report.code}` }).click();
    await page.getByText(/Đèn NH-013 báo đã sáng lại lúc .*: đóng phản ánh\?/).waitFor();
    await page.getByRole("button", { name: "Đóng, báo người dân" }).click();
    await page.getByText("đóng phản ánh?").waitFor({ state: "detached" });
    const after = await database.db.report.findUniqueOrThrow({ where: { id: report.id } });
    expect(after.state).toBe("resolved");
    expect(await database.db.reportNews.count({ where: { reportId: report.id } })).toBe(1);
  });

  test("these pages fit a phone and a desk, and axe finds no serious fault", async () => {
    const paths = [
      ...["/offices", "/offices/UBND-PHU-KHUONG", "/offices/UBND-PHU-KHUONG/edit"],
      ...[
        "/environment",
        "/environment/MAN-AN-THUAN",
        "/environment/MAN-AN-THUAN/edit",
        "/environment/lamps",
      ],
    ];
    expect(await faultsOfPages(page, `${service.url}/console`, paths)).toEqual([]);
  }, 120_000);
});
