/** A real Chromium for tests. Where none is installed its tests are skipped, and say so. */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(existsSync);
  return process.env.CHROMIUM_PATH ?? found ?? PLACES.find(existsSync);
}

const executablePath = findChromium();
if (!executablePath) {
  console.warn("No Chromium was found (set CHROMIUM_PATH): the browser tests are skipped.");
}

/** `test`, for what a browser must show. */
export const browserTest = executablePath ? test : test.skip;

export interface Screen {
  /** A fresh page; what goes wrong in it is kept in `troubles`. */
  open(url: string, size?: { width: number; height: number }): Promise<Page>;
  /** Scripts' errors and refused resources of our own, on any page. */
  troubles: string[];
}

/** Call it at the top of a test file: one browser from the first test to the last. */
export function useBrowser(): Screen {
  let browser: Browser | undefined;
  const screen: Screen = {
    troubles: [],
    async open(url, size = { width: 1440, height: 900 }) {
      const page = await browser!.newPage({ viewport: size, locale: "vi-VN" });
      page.on("pageerror", (error) => screen.troubles.push(error.message));
      page.on("console", (message) => {
        // what is not from here (map tiles) may fail: tests have no network
        const isOurs = /^http:\/\/(localhost|127\.0\.0\.1)/.test(message.location().url);
        if (message.type() === "error" && isOurs) screen.troubles.push(message.text());
      });
      await page.goto(url);
      return page;
    },
  };
  beforeAll(async () => {
    if (!executablePath) return;
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());
  return screen;
}
