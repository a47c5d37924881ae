/** A real Chromium for tests. Where none is installed its tests are skipped, and say so. */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", chromium.executablePath()];

export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(existsSync);
  return process.env.CHROMIUM ?? found ?? PLACES.find(existsSync);
}

const executablePath = findChromium();
if (!executablePath) {
  console.warn("No Chromium was found (set CHROMIUM): the browser tests are skipped.");
}

/** `test`, for what a browser must show. */
export const browserTest = executablePath ? test : test.skip;

/** `describe`, likewise. */
export const describeInBrowser = executablePath ? describe : describe.skip;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

/**
 * What the browser complains of on a page: scripts' errors, refused or missing resources of ours. Map tiles and other
 * people's pages may fail: tests have no network.
 */
export function watchComplaints(page: Page, complaints: string[] = []): string[] {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const { url } = message.location();
    const isOurs = /^http:\/\/(localhost|127\.0\.0\.1)/.test(url) && !/ERR_INTERNET/.test(message.text());
    if (message.type() === "error" && isOurs) complaints.push(`${message.text()} ${url}`);
  });
  return complaints;
}

export interface Screen {
  /** A fresh page; what goes wrong in it is kept in `troubles`. */
  open(url: string, size?: { width: number; height: number }): Promise<Page>;
  /** Complaints of all pages together. */
  troubles: string[];
}

/** Call it at the top of a test file: one browser from the first test to the last. */
export function useBrowser(): Screen {
  let browser: Browser | undefined;
  const screen: Screen = {
    troubles: [],
    async open(url, size = { width: 1440, height: 900 }) {
      const page = await browser!.newPage({ viewport: size, locale: "vi-VN" });
      watchComplaints(page, screen.troubles);
      await page.goto(url);
      return page;
    },
  };
  beforeAll(async () => {
    if (executablePath) browser = await launch();
  });
  afterAll(() => browser?.close());
  return screen;
}
