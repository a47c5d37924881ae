/** A real Chromium, where there is one. */
import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export const chromiumPath = (() => {
  const found = PLACES.find((place) => place && existsSync(place));
  if (found) return found;
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
})();

/** As `describe` where there is a browser; else it says why it is skipped. */
export const describeInBrowser = chromiumPath
  ? describe
  : (name: string, body: () => void) =>
      describe.skip(`${name} (skipped: no Chromium was found; set CHROMIUM)`, body);

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

/** A page that fails the test when the browser complains of something: a blocked script, a broken address. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const { url } = message.location(); // map tiles and other people's pages are not ours to mend
    if (
      message.type() === "error" &&
      /\/(console|assets)\b/.test(url) &&
      !/ERR_INTERNET/.test(message.text())
    )
      complaints.push(`${message.text()} ${url}`);
  });
  return complaints;
}
