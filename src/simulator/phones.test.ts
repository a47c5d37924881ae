import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { readConfig } from "../config.ts";
import { browserTest, useBrowser } from "../infra/testing/browser.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { startService, type Service } from "../service.ts";

const database = useTestDatabase(2);
const screen = useBrowser();
const folder = mkdtempSync(path.join(tmpdir(), "hoi-phuong-phones-"));
const APP_KEY = Buffer.alloc(32, 7).toString("base64");
const settings = { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "silent", APP_KEY };
let demo: Service;

beforeAll(async () => {
  demo = await startService(readConfig({ ...settings, MODE: "demo", DATABASE_URL: database.url }));
}, 60_000);
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openPhones(size?: { width: number; height: number }): Promise<Page> {
  const page = await screen.open(`http://localhost:${demo.port}/simulator`, size);
  await page.waitForSelector("body[data-ready]");
  return page;
}

async function say(page: Page, phone: "zalo" | "facebook", text: string) {
  await page.fill(`#${phone} textarea`, text);
  await page.press(`#${phone} textarea`, "Enter");
}

const theirs = (page: Page, phone: string) => page.locator(`#${phone} .row.theirs .text`);

browserTest("a person writes on both phones and is answered on both", async () => {
  const page = await openPhones();
  await say(page, "zalo", "den duong truoc nha tui tat 3 bua nay");
  await page.click("#facebook .start");
  await theirs(page, "zalo").nth(1).waitFor();
  await theirs(page, "facebook").nth(1).waitFor();
  expect(await theirs(page, "zalo").first().textContent()).toMatch(/Phú Khương/);
  // seen by the gateway, and so the phone says
  await page.locator("#zalo .tick.seen").waitFor();
  // a quick reply is a tap away, and what it says is written
  const chip = page.locator("#facebook .chips button").last();
  const title = await chip.textContent();
  await chip.click();
  await page.locator("#facebook .row.mine", { hasText: title! }).waitFor();
  expect(screen.troubles).toEqual([]);
  await page.close();
});

browserTest("a place is picked where no map tiles load, and a photo taken, by keyboard", async () => {
  const page = await openPhones();
  await page.focus("#zalo .plus");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab"); // from "picture" to "place"
  await page.keyboard.press("Enter");
  await page.locator("#place .known button", { hasText: "Chợ Bến Tre" }).click();
  await page.click("#place .main");
  await page.locator("#zalo .row.mine .place").waitFor();
  await page.click("#facebook .plus");
  await page.locator("#facebook .choice", { hasText: "Đèn tắt" }).click();
  const picture = page.locator("#facebook .row.mine .picture img");
  await picture.waitFor();
  await page.waitForFunction(
    () => document.querySelector<HTMLImageElement>(".mine .picture img")!.naturalWidth > 0,
  );
  expect(screen.troubles).toEqual([]);
  await page.close();
});

browserTest("on a narrow screen there is one phone at a time, and nothing stands out of it", async () => {
  const page = await openPhones({ width: 390, height: 844 });
  expect(await page.locator("#facebook").isVisible()).toBe(false);
  await page.click("[role=tab][data-tab=facebook]");
  expect(await page.locator("#facebook").isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as any).axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] });
    return violations.map(
      ({ id, nodes }: any) => `${id}: ${nodes.map((node: any) => node.target).join(", ")}`,
    );
  });
  expect(found).toEqual([]);
  await page.close();
});

test("a production service has no simulator", async () => {
  const production = await startService(
    readConfig({
      ...{ ...settings, MODE: "production", DATABASE_URL: database.url },
      PUBLIC_URL: "https://hoi.example.vn",
    }),
  );
  try {
    for (const path of ["", "/control/accounts", "/zalo/v2.0/oa/getoa", "/facebook/v25.0/me"]) {
      const response = await fetch(`http://127.0.0.1:${production.port}/simulator${path}`);
      expect(response.status).toBe(404);
    }
  } finally {
    await production.stop();
  }
});
