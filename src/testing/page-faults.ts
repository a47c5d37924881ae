/** What a machine can see wrong with a page. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
}

/** Serious and critical faults as axe names them, and where. Evaluated by the debugger, so the page's policy against scripts stays as it is. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    return axe.run({ resultTypes: ["violations"] });
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id} ${nodes
          .map(({ target }) => target.join(" "))
          .slice(0, 3)
          .join(", ")}`,
    );
}

/** Each path on a phone and on a desk: wider than the screen, or with serious faults. */
export async function faultsOfPages(page: Page, root: string, paths: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${root}${path}`);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (isWide) faults.push(`${path} at ${width}: wider than the screen`);
      faults.push(...(await seriousFaults(page)).map((fault) => `${path} at ${width}: ${fault}`));
    }
  }
  return faults;
}
