/** The figures in a real browser: scoped, unidentifiable, readable by everybody, and harmless in a spreadsheet. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { fillSignIn } from "../../console/testing/sign-in.ts";
import { openConsole, type ConsoleKit } from "../../console/testing/kit.ts";
import { systemClock } from "../../infra/clock.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "../../infra/testing/browser.ts";
import { seriousFaults } from "../../testing/page-faults.ts";
import { createDashboard } from "./index.ts";

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});
const database = useTestDatabase();
const REPORTS = 3000;
const UNITS = ["AN-HOI", "PHU-KHUONG"];
const names = {
  category: (code: string) => ({ garbage: "Rác", tree: "Cây xanh", noise: "Tiếng ồn" })[code] ?? code,
  ward: (code: string) => ({ "28777": "Phường An Hội", "28756": "Phường Phú Khương" })[code] ?? code,
  state: (state: string) => state,
};
let browser: Browser | undefined;
let server: Server;
let kit: ConsoleKit;
let url: string;

async function signIn(role: string, unitCode: string, width = 1440) {
  const { email } = await kit.person(role, unitCode);
  const page = await (await browser!.newContext({ viewport: { width, height: 900 } })).newPage();
  await page.goto(`${url}/console`);
  await fillSignIn(page, email);
  await page.waitForLoadState();
  return page;
}

/** An equal part to both wards; "tree" in Phú Khương three times only. */
async function fill() {
  await database.pool.query(
    `INSERT INTO report (code, category, description, place, ward_code, state, unit_code, due_at, created_at, resolved_at, rating)
     SELECT 'PA-2600-' || n, CASE WHEN n <= 6 AND n % 2 = 0 THEN 'tree' WHEN n % 3 = 0 THEN 'garbage' ELSE 'noise' END,
            'riêng tư', 'hẻm', (ARRAY['28756', '28777'])[1 + n % 2],
            CASE WHEN n % 4 = 0 THEN 'received' ELSE 'closed' END, ($2::text[])[2 - n % 2],
            now() - interval '1 day', now() - n * interval '12 minutes',
            CASE WHEN n % 4 > 0 THEN now() - n * interval '12 minutes' + interval '9 hours' END,
            CASE WHEN n % 5 = 0 THEN 1 + n % 3 END
     FROM generate_series(1, $1::int) n`,
    [REPORTS, UNITS],
  );
  await database.pool.query(
    `INSERT INTO talk_reading (unit_code, at, understood)
     SELECT ($1::text[])[1 + n % 2], now() - n * interval '20 minutes', n % 10 > 0 FROM generate_series(1, 2000) n`,
    [UNITS],
  );
  await database.pool.query(
    `INSERT INTO talk_wait (unit_code, since, answered_at, worked_seconds)
     SELECT ($1::text[])[1 + n % 2], now() - n * interval '1 second', now(), 300 * n FROM generate_series(1, 40) n`,
    [UNITS],
  );
  await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: '=HYPERLINK("http://xau.vn")', body: "x", unitCode: "PHU-KHUONG" },
      ...{ state: "published", publishedAt: new Date() },
    },
  });
}

describeInBrowser("the dashboard", () => {
  beforeAll(async () => {
    const dashboard = createDashboard({ db: database.db, clock: systemClock, names });
    const pages = [{ name: dashboard.name, router: dashboard.console! }];
    kit = await openConsole(database, { pages, home: dashboard.home });
    server = createServer(kit.app).listen(0);
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
    await fill();
    browser = await launch();
  });

  test("is the first page of who has the right, in pictures and as tables, without a serious fault", async () => {
    const page = await signIn("admin", "DO-THI");
    const complaints = watchComplaints(page);
    await page.reload();
    const words = await page.locator("main").innerText();
    expect(words).toMatch(/Trợ lý tự hiểu\s+90 %/);
    expect(words).toContain("Phường An Hội");
    expect(words).toContain("Tăng trong 7 ngày qua");
    expect(words).toMatch(/Hôm nay\s+Tin nhắn\s+(\d+|dưới 5)\s+Trợ lý tự hiểu/);
    expect(words).toMatch(/Tất cả\s+105 phút\s+3 giờ/);
    expect(await page.locator(".chart svg rect.chart-bar").count()).toBeGreaterThan(20);
    await page.locator(".chart summary").first().click();
    expect(await page.locator(".chart table").first().locator("tbody tr").count()).toBe(30);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test("fits a phone; an agent's first page has none of it", async () => {
    const page = await signIn("viewer", "PHU-KHUONG", 390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.context().close();
    const agent = await signIn("agent", "PHU-KHUONG");
    expect(await agent.locator(".dashboard").count()).toBe(0);
    expect((await agent.goto(`${url}/console/dashboard`))?.status()).toBe(403);
    await agent.context().close();
  }, 60_000);

  test("one's own units only; three reports of a kind are not told, nor to be worked out", async () => {
    const staff = await kit.signIn("unit_admin", "PHU-KHUONG");
    const csv = (await staff.get("/console/dashboard/so-lieu.csv").expect(200)).text;
    expect(csv).toMatch(/Phản ánh theo phường,Phường Phú Khương,(1495|1500)/);
    expect(csv).not.toContain("An Hội");
    expect(csv).toMatch(/Cán bộ trả lời.*,Phường Phú Khương: trung vị,100 phút/);
    expect(csv).not.toContain("Cây xanh");
    expect(csv).not.toContain("riêng tư");
    const admin = await kit.signIn("admin");
    expect((await admin.get("/console/dashboard/so-lieu.csv")).text).toMatch(/Phường An Hội,(1495|1500)/);
  });

  test("whatever spans are asked for, of any two figures told of one thing the difference is whole fives", async () => {
    const staff = await kit.signIn("unit_admin", "PHU-KHUONG");
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const figures = [];
    for (const [from, to] of [
      [20, 3],
      [20, 2],
      [19, 3],
      [25, 1],
      [3, 3],
      [400, 0],
    ] as const) {
      const { text } = await staff.get(`/console/dashboard/so-lieu.csv?from=${day(from)}&to=${day(to)}`);
      figures.push(...[...text.matchAll(/,(\d+)\r/g)].map(([, figure]) => Number(figure)));
    }
    expect(figures.length).toBeGreaterThan(100);
    expect(figures.filter((figure) => figure % 5 > 0)).toEqual([]);
  });

  test("what a spreadsheet would take for a formula is text, as CSV and as XLSX; exports are audited", async () => {
    const staff = await kit.signIn("unit_admin", "PHU-KHUONG");
    const csv = (await staff.get("/console/dashboard/so-lieu.csv")).text;
    expect(csv.split("\r\n").filter((line) => /(^|,)"?[=+@-]/.test(line))).toEqual([]);
    const xlsx = await staff
      .get("/console/dashboard/so-lieu.xlsx")
      .buffer()
      .parse((response, callback) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => callback(null, Buffer.concat(chunks)));
      })
      .expect(200);
    expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe("PK");
    const exports = await database.db.auditEntry.findMany({ where: { action: "dashboard.export" } });
    expect(exports.map(({ details }) => (details as { form: string }).form)).toContain("xlsx");
  });

  test("a span that makes no sense is mended, not refused", async () => {
    const staff = await kit.signIn("viewer", "PHU-KHUONG");
    for (const query of ["from=2999-01-01&to=1999-01-01", "from=abc", "from[]=1&to='--", "from=0001-01-01"])
      await staff.get(`/console/dashboard?${query}`).expect(200);
  });
});
