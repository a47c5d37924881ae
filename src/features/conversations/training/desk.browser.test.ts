import { jest } from "@jest/globals";
import type { Server } from "node:http";
import { loadWording } from "../../../dialogue/wording.ts";
import { fillSignIn } from "../../../console/testing/sign-in.ts";
import { openConsole, type ConsoleKit } from "../../../console/testing/kit.ts";
import { browserTest, useBrowser } from "../../../infra/testing/browser.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { createLiveEngine, loadEngine } from "../../../language/index.ts";
import { seriousFaults } from "../../../testing/page-faults.ts";
import { createTraining } from "../index.ts";

jest.setTimeout(90_000);
const database = useTestDatabase();
const screen = useBrowser();
let kit: ConsoleKit;
let server: Server;

beforeAll(async () => {
  const { console: router } = createTraining({
    ...{ db: database.db, engine: createLiveEngine(await loadEngine()), wording: loadWording() },
    ...{ clock: { now: () => new Date() }, watch: { refresh: async () => {} } },
  });
  kit = await openConsole(database, { pages: [{ name: "training", router: router! }] });
  server = kit.app.listen(0);
  for (const text of ["vậy chừng nào tới dọn", "xe chạy rần rần trong hẻm"]) {
    const readings = [{ name: "report.status", confidence: 0.4 }];
    await database.db.trainingCandidate.create({ data: { text, readings, modelVersion: "m" } });
  }
});
afterAll(() => server.close());

browserTest(
  "one key accepts the topmost message, another leaves it, a third takes the last one back",
  async () => {
    const { email } = await kit.person("agent");
    const address = `http://localhost:${(server.address() as { port: number }).port}/console/training`;
    const page = await screen.open(address, { width: 390, height: 844 });
    await fillSignIn(page, email);
    const top = page.locator("#desk .desk-text").first();
    await page.getByText("vậy chừng nào tới dọn").waitFor();

    const press = async (key: string) => {
      await page.waitForLoadState("load"); // keys are heard once the page's script is there
      await page.keyboard.press(key);
    };
    await press("1");
    await page.getByText("Đã ghi: Phản ánh của tôi tới đâu rồi.").waitFor();
    expect(await top.textContent()).toContain("xe chạy rần rần");
    await press("u");
    await page.getByText("Câu đó nằm lại trên bàn.").waitFor();
    expect(await top.textContent()).toContain("vậy chừng nào");
    await press("x");
    await page.getByText("Đã bỏ qua câu đó.").waitFor();
    const states = await database.db.trainingCandidate.findMany({ orderBy: { id: "asc" } });
    expect(states.map(({ state }) => state)).toEqual(["ignored", "open"]);

    expect(await seriousFaults(page)).toEqual([]);
    expect(screen.troubles).toEqual([]);
    await page.close();
  },
);
