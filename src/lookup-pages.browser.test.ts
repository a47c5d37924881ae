/** Offices, stations and lamps on their maps, in a real browser. */
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { openService, PASSWORD, type WholeService } from "./testing/service.ts";

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

describeInBrowser("what staff keep on maps", () => {
  let page: Page;
  let complaints: string[];
  const marks = () => page.locator(".pin-map .leaflet-marker-icon");
  const go = (path: string) => page.goto(`${service.url}/console${path}`);

  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "vi-VN" });
    complaints = watchComplaints(page);
    const { email } = await service.person("admin", "DO-THI");
    await go("");
    await page.fill("[name=email]", email);
    await page.fill("[name=password]", PASSWORD);
    await page.click("button[type=submit]");
    await page.waitForURL(`${service.url}/console`);
  });
  afterEach(() => expect(complaints).toEqual([]));

  test("stations and lamps are marks that lead to what they stand for", async () => {
    await go("/environment");
    await marks().first().waitFor();
    await go("/environment/lamps");
    expect(await marks().count()).toBeGreaterThan(1);
    await page.getByTitle(/HV-007/).click();
    await page.locator(".leaflet-popup a", { hasText: "HV-007" }).click();
    await page.waitForURL(/q=HV-007/);
    expect(await page.getByText("NH-013").count()).toBe(0);
  });

  test("an office is pinned by a press on the map, and the pin is kept", async () => {
    await go("/offices");
    await page.getByRole("link", { name: "Bưu điện Bến Tre" }).click();
    const edit = page.getByRole("link", { name: "Sửa" });
    if ((await edit.count()) > 0) await edit.first().click();
    await page.locator(".pin-map").click({ position: { x: 120, y: 100 } });
    await marks().waitFor();
    const pinned = await page.inputValue("[name=point]");
    expect(pinned).toMatch(/^\d+\.\d{6}, \d+\.\d{6}$/);
    await page.getByRole("button", { name: "Lưu" }).first().click();
    const { latitude, longitude } = await database.db.office.findFirstOrThrow({
      where: { name: "Bưu điện Bến Tre" },
    });
    expect(`${latitude!.toFixed(6)}, ${longitude!.toFixed(6)}`).toBe(pinned);
  });

  test("nothing serious is wrong with these pages on a phone or on a desk", async () => {
    const root = `${service.url}/console`;
    expect(await faultsOfPages(page, root, ["/environment", "/environment/lamps", "/offices"])).toEqual([]);
  });
});
