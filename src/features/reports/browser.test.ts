import { loadWording } from "../../dialogue/wording.ts";
import { jest } from "@jest/globals";
import type { Server } from "node:http";
import type { Page } from "playwright-core";
import { createTestAccount } from "../../channels/testing.ts";
import { fillSignIn } from "../../console/testing/sign-in.ts";
import { openConsole, type ConsoleKit } from "../../console/testing/kit.ts";
import { browserTest, useBrowser } from "../../infra/testing/browser.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { seriousFaults } from "../../testing/page-faults.ts";
import { reportConsole } from "./console/routes.tsx";
import { publicPages } from "./pages.tsx";
import { ensureSampleReports, ensureTemplates } from "./store.ts";

const database = useTestDatabase();
const screen = useBrowser();
// a loaded machine takes its time with a browser
jest.setTimeout(90_000);
const PHONE = { width: 390, height: 844 };
const PICTURE = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
let office: ConsoleKit;
let server: Server;
let address: string;

beforeAll(async () => {
  await createTestAccount(database);
  await ensureTemplates(database.db);
  await ensureSampleReports(database.db, new Date());
  const media = {
    read: async () => ({ bytes: PICTURE, mime: "image/gif" }),
    readThumbnail: async () => null,
    async keep() {
      const picture = { hash: "after", mime: "image/gif", bytes: PICTURE.length };
      await database.db.media.createMany({ data: [picture], skipDuplicates: true });
      return picture.hash;
    },
  };
  const clock = { now: () => new Date() };
  const parts = {
    database,
    db: database.db,
    media,
    clock,
    learn: () => Promise.resolve(false),
    tiles: "none",
    attribution: "",
    say: loadWording().in("vi"),
    publicUrl: "http://localhost",
  };
  office = await openConsole(database, { pages: [{ name: "reports", router: reportConsole(parts) }] });
  office.app.use(publicPages(parts));
  server = office.app.listen(0);
  address = `http://localhost:${(server.address() as { port: number }).port}`;
});
afterAll(() => server.close());

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Drags the map a little and waits for the reports of where it came to stand. */
async function moveMap(page: Page) {
  const { x, y } = (await page.locator("#map").boundingBox())!;
  const answered = page.waitForResponse((answer) => answer.url().includes("khung="));
  await page.mouse.move(x + 20, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 210, { steps: 4 });
  await page.mouse.up();
  await (await answered).finished();
}

browserTest(
  "the public map shows outlines and reports where no tiles load, down to a report's page",
  async () => {
    const page = await screen.open(`${address}/phan-anh?phuong=28789`, PHONE);
    await page.locator("#map path.leaflet-interactive, #map svg path").first().waitFor();
    await page.locator("#map .mark").first().waitFor();
    expect(await page.locator(".reports .report").count()).toBeGreaterThan(5);
    await page.selectOption("#kind", "waterway");
    await page.click("form.filters >> text=Lọc");
    await page.locator("#map .mark-one").first().waitFor();
    await page.locator("#map .mark-one").first().click({ force: true });
    await page.locator(".leaflet-popup-content a").waitFor();
    await moveMap(page); // which asks for the reports there, and keeps the popup
    await page.locator(".leaflet-popup-content a").click();
    expect(await page.textContent("h1")).toBe("Kênh rạch: lục bình, sạt lở bờ");
    expect(await page.locator(".timeline li").count()).toBeGreaterThan(1);
    expect(screen.troubles).toEqual([]);
    await page.close();
  },
);

browserTest("public pages work without scripts", async () => {
  const page = await screen.open("about:blank", PHONE);
  await page.route("**/*.js*", (route) => route.abort());
  await page.goto(`${address}/phan-anh`);
  expect(await page.textContent("#map")).toContain("danh sách vẫn đủ");
  await page.click(".counts >> text=Đã xử lý");
  expect(await page.locator(".reports .state").allTextContents()).not.toContain("Đã tiếp nhận");
  await page.click(".report h3 a");
  expect(await page.textContent(".timeline")).toContain("Tiếp nhận phản ánh");
  await page.close();
  screen.troubles.length = 0; // the scripts that were kept out
});

browserTest("no public page has a serious fault or runs over the edge of a phone", async () => {
  const { code } = await database.db.report.findFirstOrThrow({ where: { state: "resolved" } });
  for (const path of ["/phan-anh", `/phan-anh/${code}`, `/phan-anh/${code}/in`, "/phan-anh/none"]) {
    const page = await screen.open(`${address}${path}`, PHONE);
    await page.waitForLoadState("networkidle");
    expect([path, await seriousFaults(page)]).toEqual([path, []]);
    expect([path, await overflow(page)]).toEqual([path, 0]);
    await page.close();
  }
  screen.troubles.length = 0; // a page that is not there answers 404
});

async function signIn(size?: { width: number; height: number }): Promise<Page> {
  const { email } = await office.person("agent", "PHU-KHUONG");
  const page = await screen.open(`${address}/console/sign-in`, size);
  page.setDefaultTimeout(8000);
  await fillSignIn(page, email);
  await page.waitForURL(/\/console$/);
  return page;
}

browserTest(
  "a member of staff takes a report from the board to its end, and the public sees it",
  async () => {
    const page = await signIn();
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await page.goto(`${address}/console/reports`);
    const { code } = await database.db.report.findFirstOrThrow({
      where: { state: "received", unitCode: "PHU-KHUONG", category: "street_light" },
    });
    await page.click(`.ticket:has-text("${code}") .ticket-title`);
    await page.selectOption("#field-assignee", { index: 1 });
    await press("Giao");
    await page.check("input[name=to][value=in_progress]");
    await page.fill("#field-note", "Thợ đang tới.");
    await press("Lưu");
    await page.locator(".report-badges >> text=Đang xử lý").waitFor();
    await page.fill("#field-text", "Gọi anh Ba trước");
    await press("Ghi chú nội bộ");
    await page.locator(".inside >> text=Gọi anh Ba trước").waitFor();
    // the template fills the words and ticks its state
    await page.selectOption("#template", { label: "Đã xử lý: Đã thay bóng" });
    expect(await page.inputValue("#field-note")).toContain("đèn sáng lại");
    expect(await page.isChecked("input[name=to][value=resolved]")).toBe(true);
    await press("Lưu");
    await page.locator(".report-badges >> text=Đã xử lý").waitFor();
    await page.click("summary >> text=Hình trước và sau");
    await page.setInputFiles("#photo-files", { name: "a.gif", mimeType: "image/gif", buffer: PICTURE });
    await press("Thêm hình");
    await page.click("summary >> text=Trang công khai");
    await page.fill("#field-description", "Trụ đèn chớp tắt trước chợ.");
    await page.check("input[name=photos]");
    await press("Lưu phần công khai");
    await page.goto(`${address}/phan-anh/${code}`);
    expect(await page.textContent("main")).toMatch(
      /Trụ đèn chớp tắt trước chợ[^]*Thợ đang tới[^]*đèn sáng lại/,
    );
    expect(await page.textContent("main")).not.toContain("anh Ba");
    expect(await page.locator(".photos img").count()).toBe(1);
    expect(screen.troubles).toEqual([]);
    await page.close();
  },
);

browserTest("no page of the office has a serious fault or runs over the edge of a phone", async () => {
  const { code } = await database.db.report.findFirstOrThrow({
    where: { unitCode: "PHU-KHUONG", state: "received" },
  });
  const { email } = await office.person("unit_admin", "DO-THI");
  const page = await screen.open(`${address}/console/sign-in`, PHONE);
  await fillSignIn(page, email);
  await page.waitForURL(/\/console$/);
  for (const part of ["", "/list", `/${code}`, "/new", "/settings"]) {
    await page.goto(`${address}/console/reports${part}`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    expect([part, await seriousFaults(page)]).toEqual([part, []]);
    expect([part, await overflow(page)]).toEqual([part, 0]);
  }
  await page.close();
});
